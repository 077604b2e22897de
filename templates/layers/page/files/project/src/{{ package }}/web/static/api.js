// Talks to the service. Every failure becomes an Error whose message a reader can act on.

const TIMEOUT_MS = 60_000;

async function call(path, options = {}, timeout = TIMEOUT_MS) {
  let response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(timeout) });
  } catch (cause) {
    const late = cause.name === "TimeoutError";
    throw new Error(
      late ? "This took too long. Please try again." : "The service cannot be reached. Is it still running?",
      { cause },
    );
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new Error(body?.error?.message ?? `The service answered with status ${response.status}.`);
  }
  return body;
}

export const get = (path) => call(path);

export const post = (path, body) =>
  call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

/** Sends a file as it is. */
export const upload = (path, file, type, timeout) =>
  call(path, { method: "POST", headers: { "Content-Type": type }, body: file }, timeout);

export const ready = () => call("/readyz");

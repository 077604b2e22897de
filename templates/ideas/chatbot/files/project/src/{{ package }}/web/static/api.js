// Talks to the service. Every failure becomes an Error whose message a reader can act on.

const TIMEOUT_MS = 60_000;

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) });
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

function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const ready = () => call("/readyz");
export const ask = (question) => post("/api/ask", { question });
export const page = (slug) => call(`/api/pages/${encodeURIComponent(slug)}`);
export const vote = (body) => post("/api/feedback", body);

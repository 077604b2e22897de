// The project's own calls.

import { get, post } from "./api.js";

const TIMEOUT_MS = 180_000; // a scan of many pages takes its time

export const samples = () => get("/api/samples");
export const sample = (id) => get(`/api/samples/${encodeURIComponent(id)}`);
export const confirm = (review) => post("/api/corrections", review);

/** Sends a file as it is. */
export async function read(file) {
  let response;
  try {
    response = await fetch("/api/documents", {
      method: "POST",
      headers: { "Content-Type": "application/pdf" },
      body: file,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new Error("The file could not be sent, or took too long to read. Is the service still running?", { cause });
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new Error(body?.error?.message ?? `The service answered with status ${response.status}.`);
  }
  return body;
}

// The routes of this project.

import { get, post, upload as send } from "./api.js";

const MAX_BYTES = 2 * 1024 * 1024;

export const jobs = () => get("/api/jobs");
export const rank = (job, redact) => post("/api/rank", { job, redact });
export const upload = (job, redact, text) => post("/api/upload", { job, redact, text });

/** Returns the text of a chosen file; PDFs are read by the service. */
export async function textOf(file) {
  if (file.size > MAX_BYTES) throw new Error("The file is larger than the 2 MiB allowed here.");
  if (!file.name.toLowerCase().endsWith(".pdf")) return file.text();
  return (await send("/api/read-pdf", file, "application/pdf")).text;
}

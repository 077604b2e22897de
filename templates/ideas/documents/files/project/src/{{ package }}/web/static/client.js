// The project's own calls.

import { get, post, upload } from "./api.js";

const TIMEOUT_MS = 180_000; // a scan of many pages takes its time

export const samples = () => get("/api/samples");
export const sample = (id) => get(`/api/samples/${encodeURIComponent(id)}`);
export const confirm = (review) => post("/api/corrections", review);

export const read = (file) => upload("/api/documents", file, "application/pdf", TIMEOUT_MS);

// The chat's calls.

import { get, post } from "./api.js";

export const ask = (question) => post("/api/ask", { question });
export const page = (slug) => get(`/api/pages/${encodeURIComponent(slug)}`);
export const vote = (body) => post("/api/feedback", body);

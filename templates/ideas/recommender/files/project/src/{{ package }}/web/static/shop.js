// The service's own addresses.

import { get, post } from "./api.js";

export const find = (text) => get(`/api/books?q=${encodeURIComponent(text)}`);
export const starters = () => get("/api/starters");
export const recommend = (picks, diversity) => post("/api/recommend", { picks, diversity, count: 12 });

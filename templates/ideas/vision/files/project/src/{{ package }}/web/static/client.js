// The project's own calls.

import { get, upload } from "./api.js";

export const samples = () => get("/api/samples");
export const sample = (id) => get(`/api/samples/${encodeURIComponent(id)}`);
export const costs = () => get("/api/costs");

export const inspect = (file, surface) => {
  const type = file.type === "image/jpeg" ? "image/jpeg" : "image/png"; // the service looks at the file itself
  return upload(`/api/inspections?surface=${surface}`, file, type);
};

// The source panel: beside the chat where there is room, over it where there is not.

import * as client from "./client.js";
import { el } from "./dom.js";
import { highlight } from "./highlight.js";

const panel = document.getElementById("panel");
const title = document.getElementById("panel-title");
const body = document.getElementById("panel-body");
const wide = window.matchMedia("(min-width: 1000px)");

let wanted = 0; // a slow page must not overwrite the one asked for after it

function show() {
  if (panel.open) return;
  if (wide.matches) panel.show();
  else panel.showModal();
  document.body.classList.add("with-panel");
}

function render(page) {
  let list = null;
  const nodes = [];
  for (const { kind, text } of page.blocks) {
    if (kind === "item") {
      if (list === null) nodes.push((list = el("ul")));
      list.append(el("li", { text }));
      continue;
    }
    list = null;
    nodes.push(el(kind === "heading" ? "h3" : "p", { text }));
  }
  body.replaceChildren(...nodes);
}

export async function openSource({ page: slug, title: pageTitle, quote }) {
  const turn = (wanted += 1);
  title.textContent = pageTitle;
  body.replaceChildren(el("p", { class: "muted", text: "Opening the page…" }));
  show();
  try {
    const page = await client.page(slug);
    if (turn !== wanted) return;
    title.textContent = page.title;
    render(page);
    const mark = quote ? highlight(body, quote) : null;
    if (mark !== null) mark.scrollIntoView({ block: "center" });
    else body.scrollTop = 0;
  } catch (error) {
    if (turn === wanted) body.replaceChildren(el("p", { class: "panel-error", role: "alert", text: error.message }));
  }
}

export function closeSource() {
  if (panel.open) panel.close();
}

panel.addEventListener("close", () => {
  wanted += 1;
  document.body.classList.remove("with-panel");
});
document.getElementById("panel-close").addEventListener("click", closeSource);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSource();
});
// A modal panel cannot turn into one at the side: close it when the window crosses the line.
wide.addEventListener("change", closeSource);

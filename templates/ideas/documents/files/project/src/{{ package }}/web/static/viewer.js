// The pages, with a frame around every value that was read.

import { el } from "./dom.js";

const SPACE = "http://www.w3.org/2000/svg";
const PAD = 2.5;

const viewer = document.getElementById("viewer");

function frame({ box, name, kind, title }, choose) {
  const [x0, y0, x1, y1] = box;
  const rect = document.createElementNS(SPACE, "rect");
  const place = { x: x0 - PAD, y: y0 - PAD, width: x1 - x0 + 2 * PAD, height: y1 - y0 + 2 * PAD, rx: 3 };
  for (const [key, value] of Object.entries(place)) rect.setAttribute(key, value);
  rect.setAttribute("class", `frame ${kind}`);
  rect.dataset.name = name;
  const label = document.createElementNS(SPACE, "title");
  label.textContent = title;
  rect.append(label);
  rect.addEventListener("click", () => choose(name));
  return rect;
}

/** Shows the pages; `choose` is called with the name of a frame that was clicked. */
export function showPages(pages, frames, choose) {
  const nodes = pages.map((page, number) => {
    const layer = document.createElementNS(SPACE, "svg");
    layer.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
    layer.setAttribute("class", "frames");
    layer.setAttribute("aria-hidden", "true");
    layer.append(...frames.filter((one) => one.page === number).map((one) => frame(one, choose)));
    const picture = el("img", { src: page.image, alt: `Page ${number + 1} of ${pages.length}`, width: Math.round(page.width), height: Math.round(page.height) });
    return el("figure", { class: page.width < 400 ? "page narrow" : "page" }, picture, layer);
  });
  viewer.replaceChildren(...nodes);
  viewer.scrollTop = 0;
}

/** Marks the frames of one name and brings the first into sight, without moving the page itself. */
export function point(name) {
  let first = null;
  for (const rect of viewer.querySelectorAll(".frame")) {
    const active = rect.dataset.name === name;
    rect.classList.toggle("active", active);
    if (active) first ??= rect;
  }
  if (first === null) return;
  const here = first.getBoundingClientRect();
  const room = viewer.getBoundingClientRect();
  viewer.scrollTop += here.top + here.height / 2 - (room.top + room.height / 2);
  viewer.scrollLeft += here.left + here.width / 2 - (room.left + room.width / 2);
}

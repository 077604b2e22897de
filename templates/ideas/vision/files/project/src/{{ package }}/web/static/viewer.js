// The picture with its heat map over it, and a frame around every tile at or above the threshold.

import { el } from "./dom.js";

const SPACE = "http://www.w3.org/2000/svg";
const TILE = 64;
const MOST = 620; // a picture is shown so many pixels high at most

const viewer = document.getElementById("viewer");

/** Shows a picture; a small one is enlarged. */
export function showPicture(reply, title) {
  const frames = document.createElementNS(SPACE, "svg");
  frames.setAttribute("viewBox", `0 0 ${reply.width} ${reply.height}`);
  frames.setAttribute("class", "frames");
  frames.setAttribute("aria-hidden", "true");
  const size = { width: reply.width, height: reply.height };
  const picture = el("img", { src: reply.image, alt: `${title}, as it was taken`, ...size });
  const heat = el("img", { src: reply.heat, alt: "Heat map: where a defect is likely", class: "heat", ...size });
  const figure = el("figure", { class: "picture" }, picture, heat, frames);
  figure.style.maxWidth = `${Math.round((MOST * reply.width) / reply.height)}px`;
  viewer.replaceChildren(figure);
}

/** Sets how strongly the heat map covers the picture, from 0 to 1. */
export function setOpacity(share) {
  const heat = viewer.querySelector(".heat");
  if (heat) heat.style.opacity = String(share);
}

/** Frames the tiles at or above the threshold; tiles may overlap at the edges of a picture. */
export function frameTiles(tiles, threshold) {
  const frames = tiles
    .filter((tile) => tile.score >= threshold)
    .map((tile) => {
      const rect = document.createElementNS(SPACE, "rect");
      const place = { x: tile.left + 1, y: tile.top + 1, width: TILE - 2, height: TILE - 2, rx: 3, class: "frame" };
      for (const [key, value] of Object.entries(place)) rect.setAttribute(key, value);
      const label = document.createElementNS(SPACE, "title");
      label.textContent = `Score ${tile.score.toFixed(2)}`;
      rect.append(label);
      return rect;
    });
  viewer.querySelector(".frames").replaceChildren(...frames);
}

// Draws a cover for a book that does not exist: a colour for its genre, a pattern for the book.

import { el } from "./dom.js";

const GENRES = ["Children", "Cooking", "Crime", "Fantasy", "Gardening", "History", "Literary fiction", "Mind and health", "Nature", "Romance", "Science fiction", "Travel"];
const HUES = [45, 18, 355, 275, 105, 30, 215, 175, 140, 335, 235, 195];
const PATTERNS = 6;

function number(text) {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) % 65_521;
  return sum;
}

export function cover(book, small = false) {
  const hue = HUES[GENRES.indexOf(book.genre)] ?? number(book.genre) % 360;
  const node = el("span", { class: small ? "cover small" : "cover", "aria-hidden": "true", "data-pattern": String(number(book.id) % PATTERNS) });
  node.style.setProperty("--hue", String(hue));
  if (!small) {
    node.append(
      el("span", { class: "cover-title", text: book.title }),
      el("span", { class: "cover-author", text: book.author }),
    );
  }
  return node;
}

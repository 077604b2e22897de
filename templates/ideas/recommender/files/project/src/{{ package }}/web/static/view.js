// Turns books and recommendations into elements.

import { cover } from "./cover.js";
import { el, icon } from "./dom.js";

const ICONS = { series: "series", author: "author", subject: "subject", genre: "subject", text: "subject", readers: "readers", popular: "popular", new: "popular" };

export function pickEntry(book, remove) {
  return el(
    "li",
    { class: "pick" },
    cover(book, true),
    el("span", { class: "pick-text" }, el("span", { class: "pick-title", text: book.title }), el("span", { class: "muted", text: book.author })),
    el("button", { class: "round", type: "button", "aria-label": `Take ${book.title} off the shelf`, on: { click: () => remove(book) } }, icon("close")),
  );
}

export function recommendationEntry(item, picked, add) {
  const { book, because } = item;
  const about = [book.genre, ...book.subjects].join(" · ");
  return el(
    "li",
    { class: "card book" },
    cover(book),
    el(
      "div",
      { class: "book-text" },
      el("h3", { text: book.title }),
      el("p", { class: "muted", text: book.volume > 0 ? `${book.author} · ${book.series}, volume ${book.volume}` : book.author }),
      el("p", { class: "about", text: about }),
      el("p", { class: because.book === null ? "because plain" : "because" }, icon(ICONS[because.kind]), reason(because, picked)),
    ),
    el(
      "div",
      { class: "book-foot" },
      el("span", { class: "muted", text: `€${book.price.toFixed(2)}` }),
      el("button", { class: "quiet", type: "button", "aria-label": `I like ${book.title}: put it on my shelf`, on: { click: () => add(book) } }, icon("add"), "I like this"),
    ),
  );
}

/** The reason as text, with the title of the reader's own book set apart. */
function reason(because, picked) {
  const title = picked.get(because.book)?.title;
  const at = title === undefined ? -1 : because.text.lastIndexOf(title);
  if (at < 0) return el("span", { text: because.text });
  return el("span", {}, because.text.slice(0, at), el("strong", { text: title }), because.text.slice(at + title.length));
}

export function starterEntry(starter, take) {
  return el(
    "li",
    {},
    el(
      "button",
      { class: "starter", type: "button", on: { click: () => take(starter.books) } },
      el("span", { class: "fan" }, ...starter.books.map((book) => cover(book, true))),
      el("span", { text: starter.title }),
    ),
  );
}

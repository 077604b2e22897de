// The search field: a combobox that works with arrows, Enter and Escape as well as with a pointer.

import { cover } from "./cover.js";
import { el } from "./dom.js";
import { find } from "./shop.js";

const PAUSE_MS = 150;
const byId = (id) => document.getElementById(id);
const [field, list, hint] = ["search", "found", "search-hint"].map(byId);
const help = hint.textContent;

let active = -1;
let timer = 0;
let turn = 0; // an answer to an earlier text is thrown away

function close() {
  turn += 1;
  list.hidden = true;
  list.replaceChildren();
  active = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function move(step) {
  const options = [...list.children];
  if (options.length === 0) return;
  active = (active + step + options.length) % options.length;
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
  options[active].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", options[active].id);
}

/** Lets the field find books; `add(book)` takes the chosen one, `has(id)` says what is there already. */
export function startFinder({ add, has }) {
  const choose = (book) => {
    field.value = "";
    hint.textContent = help;
    close();
    add(book);
    field.focus();
  };

  const show = (books, text) => {
    const fresh = books.filter((book) => !has(book.id));
    list.replaceChildren(
      ...fresh.map((book, place) =>
        el(
          "li",
          { id: `found-${place}`, role: "option", "aria-selected": "false", on: { pointerdown: (event) => event.preventDefault(), click: () => choose(book) } },
          cover(book, true),
          el("span", { class: "found-text" }, el("span", { class: "found-title", text: book.title }), el("span", { class: "muted", text: `${book.author}, ${book.genre}` })),
        ),
      ),
    );
    list.books = fresh;
    list.hidden = fresh.length === 0;
    field.setAttribute("aria-expanded", String(fresh.length > 0));
    hint.textContent = fresh.length > 0 ? `${fresh.length} found: arrows and Enter choose` : `No further book has “${text}” in its title, author or subjects.`;
    active = -1;
    if (fresh.length > 0) move(1);
  };

  const search = async () => {
    const text = field.value.trim();
    close();
    if (text === "") {
      hint.textContent = help;
      return;
    }
    const mine = turn;
    hint.textContent = "Looking…";
    try {
      const books = await find(text);
      if (mine === turn) show(books, text);
    } catch (error) {
      if (mine === turn) hint.textContent = error.message;
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MS);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(list.books[active]);
    } else if (event.key === "Escape") {
      close();
    }
  });
}

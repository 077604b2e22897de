// Wires the page together: the shelf on one side, what follows from it on the other.

import { startFinder } from "./finder.js";
import { recommend, starters } from "./shop.js";
import { checkReady, failedCard, showState } from "./states.js";
import { pickEntry, recommendationEntry, starterEntry } from "./view.js";

const MAX_PICKS = 50;
const PAUSE_MS = 200;

const byId = (id) => document.getElementById(id);
const [picks, empty, clear, cards, problem] = ["picks", "empty", "clear", "cards", "problem"].map(byId);
const [title, note, slider, sliderOut] = ["results-title", "results-note", "diversity", "diversity-out"].map(byId);
const [starterBox, starterList, results] = ["starters", "starter-list", "cards"].map(byId);

const shelf = new Map();
let turn = 0; // an answer to an earlier shelf is thrown away
let timer = 0;

function drawShelf() {
  picks.replaceChildren(...[...shelf.values()].map((book) => pickEntry(book, remove)));
  empty.hidden = shelf.size > 0;
  clear.hidden = shelf.size === 0;
  starterBox.hidden = shelf.size > 0 || starterList.children.length === 0;
}

function drawResults(reply) {
  title.textContent = reply.cold ? "Selling well" : "Picked for you";
  note.textContent = reply.cold
    ? "I know nothing about you yet, so this is what everybody buys."
    : `${reply.recommendations.length} books from ${shelf.size} on your shelf, ${Math.round(100 * reply.variety)}% unlike each other.`;
  cards.replaceChildren(...reply.recommendations.map((item) => recommendationEntry(item, shelf, addAndStay)));
}

async function refresh() {
  const mine = ++turn;
  results.setAttribute("aria-busy", "true");
  note.textContent = "Looking…";
  try {
    const reply = await recommend([...shelf.keys()], Number(slider.value) / 100);
    if (mine !== turn) return;
    problem.replaceChildren();
    drawResults(reply);
    showState("ready", "Ready");
  } catch (error) {
    if (mine !== turn) return;
    cards.replaceChildren();
    note.textContent = "";
    problem.replaceChildren(failedCard(error.message, start));
  }
  results.removeAttribute("aria-busy");
}

function add(book) {
  if (shelf.size >= MAX_PICKS) return;
  shelf.set(book.id, book);
  drawShelf();
  refresh();
}

async function addAndStay(book) {
  add(book);
  title.focus({ preventScroll: true }); // the button that had the focus goes away
}

function remove(book) {
  shelf.delete(book.id);
  drawShelf();
  byId("search").focus();
  refresh();
}

async function loadStarters() {
  try {
    const shelves = await starters();
    starterList.replaceChildren(...shelves.map((starter) => starterEntry(starter, take)));
    drawShelf();
  } catch {
    starterBox.hidden = true; // the list of books says what is wrong
  }
}

function take(books) {
  for (const book of books) shelf.set(book.id, book);
  drawShelf();
  title.focus({ preventScroll: true });
  refresh();
}

function start() {
  refresh();
  loadStarters();
}

slider.addEventListener("input", () => {
  sliderOut.textContent = `${slider.value}%`;
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE_MS);
});

clear.addEventListener("click", () => {
  shelf.clear();
  slider.value = "0";
  sliderOut.textContent = "0%";
  drawShelf();
  byId("search").focus();
  refresh();
});

title.tabIndex = -1;
startFinder({ add, has: (id) => shelf.has(id) });
checkReady(problem);
start();

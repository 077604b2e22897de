// The pad: a bitmap of 32 x 32 that is drawn on with a pointer or with keys, and read after each stroke.

import { post } from "./api.js";
import { el } from "./dom.js";
import { failedCard } from "./states.js";

const [SIDE, PEN, PAUSE_MS] = [32, 1.9, 150];
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const byId = (id) => document.getElementById(id);
const [pad, seen, answer, text, list, notes] = ["pad", "seen", "digit", "digit-text", "digit-scores", "digit-notes"].map(byId);
const colour = (name) => getComputedStyle(pad).getPropertyValue(name);

let dots = new Set(); // row * SIDE + column of each dark point
let pen = { x: 16, y: 6 };
let down = false;
let turn = 0; // a reading that arrives after the drawing went on belongs to nobody
let waiting = 0;

const bars = Array.from({ length: 10 }, (_, digit) => {
  const bar = el("meter", { min: 0, max: 1, value: 0, "aria-label": `Score of ${digit}` });
  const score = el("span", { class: "digits-score", text: "0.00" });
  list.append(el("li", {}, el("b", { text: String(digit) }), bar, score));
  return { bar, score };
});

function paint() {
  const board = pad.getContext("2d");
  board.clearRect(0, 0, SIDE, SIDE);
  board.fillStyle = colour("--ink");
  for (const dot of dots) board.fillRect(dot % SIDE, Math.floor(dot / SIDE), 1, 1);
  board.fillStyle = colour("--accent");
  if (document.activeElement === pad) board.fillRect(Math.round(pen.x), Math.round(pen.y), 1, 1);
}

/** Darkens every point near the way from where the pen was. */
function draw(from, to) {
  const steps = Math.max(1, Math.ceil(2 * Math.hypot(to.x - from.x, to.y - from.y)));
  for (let step = 0; step <= steps; step += 1) {
    const [x, y] = [from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps];
    for (let row = Math.max(0, Math.floor(y - PEN)); row <= Math.min(SIDE - 1, y + PEN); row += 1) {
      for (let column = Math.max(0, Math.floor(x - PEN)); column <= Math.min(SIDE - 1, x + PEN); column += 1) {
        if (Math.hypot(column - x, row - y) <= PEN) dots.add(row * SIDE + column);
      }
    }
  }
}

function show({ digit, sure, scores, pixels }) {
  answer.textContent = String(digit);
  text.textContent = sure ? `Read as ${digit}.` : `Perhaps ${digit}: a person should look.`;
  bars.forEach(({ bar, score }, place) => {
    bar.value = scores[place];
    score.textContent = scores[place].toFixed(2);
  });
  const board = seen.getContext("2d");
  board.clearRect(0, 0, 8, 8);
  board.fillStyle = colour("--ink");
  pixels.flat().forEach((ink, place) => {
    board.globalAlpha = ink / 16;
    board.fillRect(place % 8, Math.floor(place / 8), 1, 1);
  });
}

function clear() {
  turn += 1;
  clearTimeout(waiting);
  dots = new Set();
  down = false;
  show({ digit: "–", sure: true, scores: Array(10).fill(0), pixels: [] });
  text.textContent = "Nothing was drawn yet.";
  notes.replaceChildren();
  paint();
}

async function read() {
  const mine = (turn += 1);
  const row = (y) => Array.from({ length: SIDE }, (_, x) => Number(dots.has(y * SIDE + x))).join("");
  text.textContent = "Reading…";
  try {
    const reply = await post("/api/digits", { rows: Array.from({ length: SIDE }, (_, y) => row(y)) });
    if (mine !== turn) return;
    notes.replaceChildren();
    show(reply);
  } catch (error) {
    if (mine !== turn) return;
    text.textContent = "Not read.";
    notes.replaceChildren(failedCard(error.message, read));
  }
}

function readSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(read, PAUSE_MS);
}

function move(to, drawing) {
  const from = pen;
  const within = (value) => Math.min(SIDE - 1, Math.max(0, value));
  pen = { x: within(to.x), y: within(to.y) };
  if (drawing) draw(from, pen);
  paint();
}

function pointed(event) {
  const box = pad.getBoundingClientRect();
  const place = (value, size) => (value / size) * SIDE - 0.5;
  return { x: place(event.clientX - box.left, box.width), y: place(event.clientY - box.top, box.height) };
}

pad.addEventListener("pointerdown", (event) => {
  pad.setPointerCapture(event.pointerId);
  move(pointed(event), false);
  move(pen, true);
});
pad.addEventListener("pointermove", (event) => {
  if (pad.hasPointerCapture(event.pointerId)) move(pointed(event), true);
});
pad.addEventListener("lostpointercapture", readSoon);
pad.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step && ![" ", "Delete"].includes(event.key)) return;
  event.preventDefault();
  if (event.key === "Delete") return clear();
  if (event.key === " ") down = !down;
  move(step ? { x: Math.round(pen.x) + step[0], y: Math.round(pen.y) + step[1] } : pen, down);
  if (down) readSoon();
});
pad.addEventListener("focus", paint);
pad.addEventListener("blur", paint);
byId("digit-clear").addEventListener("click", clear);

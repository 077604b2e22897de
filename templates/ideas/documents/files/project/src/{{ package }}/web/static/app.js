// Wires the page together.

import * as client from "./client.js";
import { el, icon } from "./dom.js";
import { checkSum, focusValue, nextField, review, showValues } from "./form.js";
import { checkReady, failedCard, showState, waitingCard } from "./states.js";
import { showPages } from "./viewer.js";

const MAX_BYTES = 4 * 1024 * 1024;

const byId = (id) => document.getElementById(id);
const [welcome, notes, desk, panel, back] = ["welcome", "notes", "desk", "panel", "back"].map(byId);
const [drop, file, samples, save, saved] = ["drop", "file", "samples", "save", "saved"].map(byId);
const [verdict, verdictText, verdictCard] = ["verdict", "verdict-text", "verdict-card"].map(byId);

let turn = 0; // a document that arrives after another was asked for belongs to nobody
let shown = null;

function frames(reply) {
  const fields = reply.fields.filter((field) => field.place !== null);
  return [
    ...reply.items.map((item, number) => ({ ...item.place, name: `item-${number}`, kind: "item", title: item.description })),
    ...fields.map((field) => ({ ...field.place, name: field.name, kind: field.sure ? "sure" : "doubt", title: field.title })),
  ];
}

function show(reply) {
  shown = reply;
  const doubtful = reply.fields.filter((field) => !field.sure).length;
  verdictCard.className = `verdict ${doubtful ? "doubt" : "sure"}`;
  verdict.textContent = doubtful ? `${doubtful} of ${reply.fields.length} fields to check` : "Nothing to check";
  verdictText.textContent = doubtful
    ? "They come first. Enter goes on to the next; the frame on the page shows where a value was read."
    : "Every field is sure enough to go straight through. You can still change any of them.";
  showValues(reply);
  welcome.hidden = true;
  desk.hidden = false;
  back.hidden = false;
  saved.textContent = "";
  save.disabled = false;
  showPages(reply.pages, frames(reply), focusValue);
  window.scrollTo(0, 0);
  verdict.focus({ preventScroll: true });
}

/** Reads a document with `load`, and says so while it works and when it failed. */
async function read(load) {
  const mine = (turn += 1);
  const waiting = waitingCard("Reading the document…");
  notes.replaceChildren(waiting);
  notes.scrollIntoView({ block: "nearest" });
  welcome.setAttribute("aria-busy", "true");
  try {
    const reply = await load();
    if (mine !== turn) return;
    notes.replaceChildren();
    showState("ready", "Ready");
    show(reply);
  } catch (error) {
    if (mine !== turn) return;
    notes.replaceChildren(failedCard(error.message, () => read(load)));
    notes.scrollIntoView({ block: "nearest" });
  } finally {
    if (mine === turn) welcome.removeAttribute("aria-busy");
  }
}

function open(chosen) {
  if (!chosen) return;
  if (chosen.size > MAX_BYTES) {
    read(() => Promise.reject(new Error("The file is larger than 4 MiB.")));
    return;
  }
  read(() => client.read(chosen));
}

function leave() {
  turn += 1;
  shown = null;
  desk.hidden = true;
  back.hidden = true;
  welcome.hidden = false;
  notes.replaceChildren();
  byId("open").focus();
}

async function listSamples() {
  const cards = (await client.samples()).map(({ id, kind, seen }) =>
    el("li", {}, el("button", { class: "sample", type: "button", on: { click: () => read(() => client.sample(id)) } }, icon("mark"), el("span", {}, el("b", { text: `${kind} “${id}”` }), el("span", { class: "muted", text: seen })))),
  );
  samples.replaceChildren(...cards);
}

byId("open").addEventListener("click", () => file.click());
file.addEventListener("change", () => {
  open(file.files[0]);
  file.value = ""; // the same file may be chosen again
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") open(event.dataTransfer.files[0]);
  });
}
back.addEventListener("click", leave);
panel.addEventListener("input", () => {
  checkSum(shown);
  save.disabled = false;
  saved.textContent = "";
});
panel.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.isComposing) return;
  event.preventDefault(); // Enter goes on; only the button confirms
  if (event.target.classList.contains("input")) nextField(event.target).focus();
});
panel.addEventListener("submit", async (event) => {
  event.preventDefault();
  save.disabled = true;
  saved.textContent = "Saving…";
  try {
    const { corrected } = await client.confirm(review(shown.document));
    saved.textContent = corrected === 0 ? "Confirmed, nothing was changed." : `Confirmed, ${corrected} corrected. Thank you.`;
  } catch (error) {
    saved.textContent = error.message;
    save.disabled = false;
  }
});

checkReady(notes);
listSamples().catch((error) => notes.append(failedCard(error.message, () => location.reload())));

// Wires the page together.

import * as client from "./client.js";
import { closeSource } from "./panel.js";
import { checkReady, showState } from "./states.js";
import { answerEntry, errorEntry, questionEntry, waitingEntry } from "./view.js";

const COUNT_FROM = 1600;

const byId = (id) => document.getElementById(id);
const [log, welcome, form, field, send] = ["log", "welcome", "composer", "question", "send"].map(byId);
const [count, hint, clear] = ["count", "hint-text", "clear"].map(byId);

let busy = false;
let chat = 0; // an answer that arrives after "New chat" belongs to none

function setBusy(value) {
  busy = value;
  send.disabled = value;
  form.setAttribute("aria-busy", String(value));
}

function reveal(entry) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  entry.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

async function submit(question) {
  if (busy) return;
  const current = chat;
  setBusy(true);
  welcome.hidden = true;
  clear.hidden = false;
  const asked = questionEntry(question);
  const waiting = waitingEntry();
  log.append(asked, waiting);
  reveal(asked);
  let entry;
  try {
    entry = answerEntry(question, await client.ask(question));
    showState("ready", "Ready");
  } catch (error) {
    entry = errorEntry(error.message, () => {
      asked.remove();
      entry.remove();
      submit(question);
    });
  }
  if (current !== chat) return;
  waiting.replaceWith(entry);
  reveal(asked);
  setBusy(false);
  field.focus({ preventScroll: true });
}

function resize() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  count.hidden = field.value.length < COUNT_FROM;
  count.textContent = `${field.value.length} of ${field.maxLength} characters`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = field.value.trim();
  if (busy) return;
  if (question === "") {
    hint.textContent = "Type a question first.";
    field.focus();
    return;
  }
  field.value = "";
  resize();
  submit(question);
});

field.addEventListener("input", resize);
field.addEventListener("keydown", (event) => {
  // isComposing: Enter that ends a word in an input method is not a wish to send.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

for (const sample of document.querySelectorAll(".sample")) {
  sample.addEventListener("click", () => submit(sample.textContent.trim()));
}

clear.addEventListener("click", () => {
  chat += 1;
  setBusy(false);
  closeSource();
  log.replaceChildren();
  welcome.hidden = false;
  clear.hidden = true;
  window.scrollTo(0, 0);
  field.focus();
});

checkReady(log);

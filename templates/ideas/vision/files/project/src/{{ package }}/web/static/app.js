// Wires the page together.

import * as client from "./client.js";
import { drawCurve, showNumbers } from "./costs.js";
import { el } from "./dom.js";
import { checkReady, failedCard, showState, waitingCard } from "./states.js";
import { frameTiles, setOpacity, showPicture } from "./viewer.js";

const MAX_BYTES = 2 * 1024 * 1024;

const byId = (id) => document.getElementById(id);
const [welcome, notes, desk, back, drop, file, samples] = ["welcome", "notes", "desk", "back", "drop", "file", "samples"].map(byId);
const [verdictCard, verdict, verdictText, opacity, threshold] = ["verdict-card", "verdict", "verdict-text", "opacity", "threshold"].map(byId);

let turn = 0; // a picture that arrives after another was asked for belongs to nobody
let shown = null;

/** Judges the picture that is shown by where the slider stands; nothing is asked of the service. */
function judge() {
  const { reply, costs } = shown;
  const line = costs.surfaces[reply.surface];
  const place = Number(threshold.value);
  const limit = line.thresholds[place];
  const bad = reply.tiles.filter((tile) => tile.score >= limit).length;
  verdictCard.className = `verdict ${bad ? "bad" : "good"}`;
  verdict.textContent = bad ? "Reject" : "Good";
  verdictText.textContent = `${bad} of ${reply.tiles.length} tiles at or above the threshold; the highest score is ${reply.score.toFixed(2)}.`;
  threshold.setAttribute("aria-valuetext", `${limit.toFixed(2)}: ${verdict.textContent}`);
  frameTiles(reply.tiles, limit);
  showNumbers(costs, line, place);
  drawCurve(costs, line, place);
}

function show(reply, costs, title) {
  shown = { reply, costs };
  const line = costs.surfaces[reply.surface];
  byId("subject").textContent = `${title}, inspected in ${Math.max(1, Math.round(reply.elapsed_ms))} ms`;
  threshold.max = String(line.thresholds.length - 1);
  threshold.value = String(line.thresholds.indexOf(line.threshold));
  showPicture(reply, title);
  setOpacity(Number(opacity.value) / 100);
  judge();
  welcome.hidden = true;
  desk.hidden = false;
  back.hidden = false;
  window.scrollTo(0, 0);
  verdict.focus({ preventScroll: true });
}

/** Inspects with `load`, and says so while it works and when it failed. */
async function inspect(load, title) {
  const mine = (turn += 1);
  notes.replaceChildren(waitingCard("Inspecting…"));
  notes.scrollIntoView({ block: "nearest" });
  welcome.setAttribute("aria-busy", "true");
  try {
    const [reply, costs] = await Promise.all([load(), client.costs()]);
    if (mine !== turn) return;
    notes.replaceChildren();
    showState("ready", "Ready");
    show(reply, costs, title);
  } catch (error) {
    if (mine !== turn) return;
    notes.replaceChildren(failedCard(error.message, () => inspect(load, title)));
    notes.scrollIntoView({ block: "nearest" });
  } finally {
    if (mine === turn) welcome.removeAttribute("aria-busy");
  }
}

function open(chosen) {
  if (!chosen) return;
  const surface = document.querySelector("input[name=surface]:checked").value;
  const load = () =>
    chosen.size > MAX_BYTES ? Promise.reject(new Error("The file is larger than 2 MiB.")) : client.inspect(chosen, surface);
  inspect(load, "Your picture");
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
  const cards = (await client.samples()).map(({ id, title, note, image }) =>
    el(
      "li",
      {},
      el(
        "button",
        { class: "sample", type: "button", on: { click: () => inspect(() => client.sample(id), title) } },
        el("img", { src: image, alt: "", width: 96, height: 128 }),
        el("span", { class: "sample-text" }, el("b", { text: title }), el("span", { class: "muted", text: note })),
      ),
    ),
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
opacity.addEventListener("input", () => {
  setOpacity(Number(opacity.value) / 100);
  byId("opacity-value").textContent = `${opacity.value}%`;
});
threshold.addEventListener("input", judge);
byId("least").addEventListener("click", () => {
  const line = shown.costs.surfaces[shown.reply.surface];
  threshold.value = String(line.thresholds.indexOf(line.threshold));
  judge();
});

checkReady(notes);
listSamples().catch((error) => notes.append(failedCard(error.message, () => location.reload())));

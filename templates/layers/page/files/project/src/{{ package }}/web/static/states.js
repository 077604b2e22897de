// What every page shows besides its content: whether the service is ready, that it works, that it failed.

import * as api from "./api.js";
import { el, icon } from "./dom.js";

const state = document.getElementById("state");
const stateText = document.getElementById("state-text");

/** Sets the light in the header: "ready" or "down". */
export function showState(name, text) {
  state.dataset.state = name;
  stateText.textContent = text;
}

/** Asks whether the service can work; if not, `place` says why and offers to ask again. */
export async function checkReady(place) {
  try {
    await api.ready();
    showState("ready", "Ready");
  } catch (error) {
    showState("down", "Not ready");
    const card = failedCard(error.message, () => {
      card.remove();
      checkReady(place);
    });
    place.append(card);
  }
}

export function waitingCard(text) {
  return el(
    "div",
    { class: "card waiting" },
    el("span", { class: "pulse", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    el("span", { text }),
  );
}

export function failedCard(message, retry) {
  return el(
    "div",
    { class: "card failed", role: "alert" },
    el("p", { class: "card-title" }, icon("alert"), "That did not work"),
    el("p", { text: message }),
    el("div", { class: "actions" }, el("button", { class: "action", type: "button", text: "Try again", on: { click: retry } })),
  );
}

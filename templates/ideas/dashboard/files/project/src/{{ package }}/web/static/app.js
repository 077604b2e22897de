// Starts the page: the figures on top first, then each part on its own.

import { get } from "./api.js";
import { el } from "./dom.js";
import * as forecast from "./forecast.js";
import * as risk from "./risk.js";
import { failedCard, showState, waitingCard } from "./states.js";
import { long } from "./text.js";

const byId = (id) => document.getElementById(id);

function showFigures(figures) {
  byId("figures").replaceChildren(
    ...figures.map((its) =>
      el(
        "li",
        { class: "figure" },
        el("span", { class: "name", text: its.name }),
        el("span", { class: "stat", text: its.value }),
        el("span", { class: "note", text: its.note }),
      ),
    ),
  );
}

function showAlerts(alerts) {
  const place = byId("alerts");
  place.hidden = alerts.length === 0;
  place.replaceChildren(
    el("ul", {}, ...alerts.map((its) => el("li", {}, el("strong", { text: `${its.level}:` }), `${its.subject}, ${its.text}`))),
  );
}

async function start() {
  const trouble = byId("trouble");
  trouble.replaceChildren(waitingCard("Reading the models…"));
  try {
    const overview = await get("/api/overview");
    trouble.replaceChildren();
    showState("ready", "Ready");
    byId("as-of").textContent = long(overview.as_of);
    showFigures(overview.figures);
    showAlerts(overview.alerts);
    forecast.setUp(overview);
    risk.setUp(overview);
  } catch (error) {
    showState("down", "Not ready");
    trouble.replaceChildren(failedCard(error.message, start));
  }
}

start();

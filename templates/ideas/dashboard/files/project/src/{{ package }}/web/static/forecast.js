// The days ahead, and what an offer would change about them.

import { get, post } from "./api.js";
import { draw, table } from "./charts.js";
import { el } from "./dom.js";
import { panel, redrawn } from "./panel.js";
import { long, percent, short, signed, whole } from "./text.js";

const byId = (id) => document.getElementById(id);
const SLIDERS = ["discount", "start", "days", "margin"];

function aheadChart(found) {
  const days = [...found.past, ...found.ahead];
  const lead = found.past.map(() => null);
  const column = (name) => [...lead, ...found.ahead.map((its) => its[name])];
  return {
    name: `Orders a day of ${found.shop}, recorded and forecast`,
    count: days.length,
    start: found.past.length,
    labels: days.map((its) => short(its.day)),
    areas: [
      { low: column("low95"), high: column("high95"), kind: "wide" },
      { low: column("low80"), high: column("high80"), kind: "near" },
    ],
    lines: [
      { values: [...found.past.map((its) => its.orders), ...found.ahead.map(() => null)], kind: "past" },
      { values: column("forecast"), kind: "ahead" },
    ],
    tell: (index) => tellDay(days[index]),
  };
}

function tellDay(its) {
  if (!("forecast" in its)) return [long(its.day), its.orders === null ? "unknown or closed" : `${whole(its.orders)} orders`];
  const lines = [long(its.day), `${whole(its.forecast)} forecast`, `80%: ${whole(its.low80)} to ${whole(its.high80)}`];
  return [...lines, ...notes(its)];
}

function notes(its) {
  return [its.holiday, its.discount > 0 ? `offer ${percent(its.discount)}` : ""].filter(Boolean);
}

function aheadTable(found) {
  const rows = found.ahead.map((its) => [
    long(its.day),
    notes(its).join(", "),
    whole(its.forecast),
    `${whole(its.low80)} to ${whole(its.high80)}`,
    `${whole(its.low95)} to ${whole(its.high95)}`,
  ]);
  return table(["Day", "Known ahead", "Forecast", "80% band", "95% band"], rows, 3);
}

function tryChart(found) {
  const column = (name) => found.ahead.map((its) => its[name]);
  return {
    name: "Orders a day as planned and with the offer",
    count: found.ahead.length,
    labels: found.ahead.map((its) => short(its.day)),
    areas: [{ low: column("low80"), high: column("high80"), kind: "near second" }],
    lines: [
      { values: column("planned"), kind: "ahead dashed" },
      { values: column("tried"), kind: "second" },
    ],
    tell: (index) => {
      const its = found.ahead[index];
      return [long(its.day), `${whole(its.tried)} with it`, `${whole(its.planned)} as planned`];
    },
  };
}

function verdict(found, currency) {
  const orders = found.tried_orders - found.planned_orders;
  const margin = found.tried_margin - found.planned_margin;
  return [
    el("b", { text: signed(orders) }),
    ` orders in the two weeks, margin `,
    el("b", { class: margin < 0 ? "bad" : "good", text: `${signed(margin)} ${currency}` }),
    ` against the plan.`,
  ];
}

function showSliders(horizon) {
  const value = (id) => Number(byId(id).value);
  byId("discount-out").textContent = value("discount") === 0 ? "none" : `${value("discount")}%`;
  byId("start-out").textContent = `in ${value("start")} day${value("start") > 1 ? "s" : ""}`;
  byId("days-out").textContent = `${Math.min(value("days"), horizon - value("start") + 1)} days`;
  byId("margin-out").textContent = `${value("margin")}%`;
}

export function setUp(overview) {
  const shop = byId("shop");
  const plots = { ahead: byId("ahead-plot"), tried: byId("try-plot") };
  let lastAhead = null;
  let lastTry = null;
  const ahead = panel(plots.ahead, () => get(`/api/forecast?shop=${encodeURIComponent(shop.value)}`), (found) => {
    lastAhead = found;
    draw(plots.ahead, aheadChart(found));
    byId("ahead-table").replaceChildren(aheadTable(found));
  });
  const offer = () => ({
    shop: shop.value,
    start: Number(byId("start").value),
    days: Number(byId("days").value),
    discount: Number(byId("discount").value) / 100,
    margin: Number(byId("margin").value) / 100,
  });
  const tried = panel(plots.tried, () => post("/api/whatif", offer()), (found) => {
    lastTry = found;
    draw(plots.tried, tryChart(found));
    byId("try-verdict").replaceChildren(...verdict(found, overview.currency));
  });
  shop.replaceChildren(...overview.shops.map((name) => el("option", { value: name, text: name })));
  shop.addEventListener("change", () => {
    ahead();
    tried();
  });
  for (const id of SLIDERS) {
    byId(id).addEventListener("input", () => {
      showSliders(overview.horizon);
      tried();
    });
  }
  byId("start").max = overview.horizon;
  showSliders(overview.horizon);
  redrawn(plots.ahead, () => lastAhead && draw(plots.ahead, aheadChart(lastAhead)));
  redrawn(plots.tried, () => lastTry && draw(plots.tried, tryChart(lastTry)));
  ahead();
  tried();
}

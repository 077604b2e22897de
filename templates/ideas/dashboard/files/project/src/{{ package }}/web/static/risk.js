// What calling is worth, and who may leave.

import { get, post } from "./api.js";
import { draw, table } from "./charts.js";
import { el } from "./dom.js";
import { panel, redrawn } from "./panel.js";
import { percent, whole } from "./text.js";

const byId = (id) => document.getElementById(id);
const GROUPS = { tenure: "Tenure", plan: "Plan", channel: "Channel", shop: "Shop" };
const COSTS = [
  { id: "contact_cost", text: "A call costs", max: 20, step: 0.5 },
  { id: "offer_cost", text: "The offer costs", max: 60, step: 1 },
  { id: "member_value", text: "A kept member is worth", max: 600, step: 10 },
  { id: "save_rate", text: "Leavers who stay", max: 1, step: 0.05, share: true },
  { id: "take_up", text: "Others who take the offer", max: 1, step: 0.05, share: true },
];

function costSlider(its, value, currency, changed) {
  const output = el("b");
  const input = el("input", { type: "range", id: its.id, min: 0, max: its.max, step: its.step, value });
  const show = () => {
    output.textContent = its.share ? percent(Number(input.value)) : `${input.value} ${currency}`;
  };
  input.addEventListener("input", () => {
    show();
    changed();
  });
  show();
  return el("label", { class: "slide", for: its.id }, el("span", {}, `${its.text} `, output), input);
}

function profitChart(found, currency) {
  const share = found.calls / found.members_tested;
  const best = found.curve.findIndex((its) => its.called >= share);
  return {
    name: "Profit of a round by share of members called",
    count: found.curve.length,
    start: Math.max(best, 0),
    labels: found.curve.map((its) => percent(its.called)),
    lines: [{ values: found.curve.map((its) => its.profit), kind: "ahead" }],
    tell: (index) => [
      `${percent(found.curve[index].called)} called`,
      `${whole(found.curve[index].profit)} ${currency}`,
    ],
  };
}

function profitVerdict(found, currency) {
  const money = (value) => el("b", { class: value < 0 ? "bad" : "good", text: `${whole(value)} ${currency}` });
  if (found.threshold > 1) return ["By these assumptions no call pays: ", el("b", { text: "call nobody" }), "."];
  return [
    "Call from a chance of ",
    el("b", { text: percent(found.threshold, 1) }),
    `: ${whole(found.calls)} calls a round bring `,
    money(found.profit),
    ", calling everyone ",
    money(found.everyone),
    `. Today that is ${whole(found.members_now)} members.`,
  ];
}

function setUpProfit(overview) {
  const plot = byId("profit-plot");
  const values = () => {
    const found = Object.fromEntries(COSTS.map((its) => [its.id, Number(byId(its.id).value)]));
    return { ...found, currency: overview.currency };
  };
  let last = null;
  const refresh = panel(plot, () => post("/api/profit", values()), (found) => {
    last = found;
    draw(plot, profitChart(found, overview.currency));
    byId("profit-verdict").replaceChildren(...profitVerdict(found, overview.currency));
    const rows = found.curve.filter((_, index) => index % 10 === 0).map((its) => [percent(its.called), whole(its.profit)]);
    byId("profit-table").replaceChildren(table(["Members called", `Profit, ${overview.currency}`], rows, 1));
  });
  byId("costs").replaceChildren(
    ...COSTS.map((its) => costSlider(its, overview.assumptions[its.id], overview.currency, refresh)),
  );
  redrawn(plot, () => last && draw(plot, profitChart(last, overview.currency)));
  refresh();
}

function memberTable(found) {
  const rows = found.map((its) => [
    its.member_id,
    its.reasons.join("; "),
    el("span", { class: its.worth_a_call ? "call" : undefined, text: `${percent(its.chance)}${its.worth_a_call ? ", call" : ""}` }),
  ]);
  return table(["Member", "What raises the chance", "Chance"], rows, 1);
}

function segmentButton(its, most, chosen, choose) {
  return el(
    "button",
    { class: "segment", type: "button", "aria-pressed": String(chosen), on: { click: choose } },
    el("span", { text: its.name }),
    el("meter", { min: 0, max: most, value: its.chance, "aria-hidden": "true" }),
    el("span", { class: "count", text: `${percent(its.chance, 1)} of ${whole(its.members)}` }),
  );
}

function setUpSegments(overview) {
  const place = byId("segments");
  let by = "tenure";
  let chosen = null;
  const list = panel(
    byId("members"),
    () => get(`/api/members?by=${by}&segment=${encodeURIComponent(chosen)}&limit=5`),
    (found) => byId("members").replaceChildren(memberTable(found)),
  );
  const groups = panel(place, () => get(`/api/segments?by=${by}`), (found) => {
    const most = Math.max(...found.map((its) => its.chance));
    const choose = (name) => {
      chosen = name;
      byId("members-title").textContent = `Likeliest leavers: ${name}`;
      for (const button of place.children) {
        button.setAttribute("aria-pressed", String(button.firstChild.textContent === name));
      }
      list();
    };
    place.replaceChildren(...found.map((its) => segmentButton(its, most, false, () => choose(its.name))));
    choose(found[0].name);
  });
  for (const [value, text] of Object.entries(GROUPS)) {
    const radio = el("input", { type: "radio", name: "by", value, checked: value === by });
    radio.addEventListener("change", () => {
      by = value;
      groups();
    });
    byId("by").append(el("label", { class: "tab" }, radio, el("span", { text })));
  }
  byId("risk-title").textContent = `Who may leave in the next ${overview.window} days`;
  groups();
}

export function setUp(overview) {
  setUpProfit(overview);
  setUpSegments(overview);
}

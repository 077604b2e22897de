// The values beside the page: to read, to correct, to confirm.

import { el, icon } from "./dom.js";
import { point } from "./viewer.js";

const byId = (id) => document.getElementById(id);
const [fields, checks, items, count] = ["fields", "checks", "items", "item-count"].map(byId);
const SUMS = ["net", "tax", "total"];

const percent = (share) => `${Math.floor(share * 100)}%`;

/** What a field's input has to say besides its value. */
function fieldRow(field) {
  const hint = `hint-${field.name}`;
  const input = el("input", { class: "input", id: `field-${field.name}`, name: field.name, "aria-describedby": hint, maxlength: "200", placeholder: "not on the page" });
  input.value = field.value ?? "";
  input.dataset.read = input.value;
  input.addEventListener("focus", () => point(field.name));
  input.addEventListener("input", () => row.classList.toggle("changed", input.value !== input.dataset.read));
  const meter = el("meter", { min: "0", max: "1", value: String(field.confidence), "aria-hidden": "true" });
  const state = `${percent(field.confidence)}${field.sure ? " sure" : ", check"}`;
  const row = el(
    "li",
    { class: `field ${field.sure ? "sure" : "doubt"}` },
    el("label", { class: "field-name", for: input.id, text: field.title }),
    input,
    el("span", { class: "field-state", id: hint }, icon(field.sure ? "ok" : "look"), el("span", { text: state }), meter),
  );
  return row;
}

function checkRow(check) {
  const said = { ok: "adds up", off: "does not add up", unknown: "can't be checked" }[check.state];
  return el("li", { class: `check ${check.state}` }, icon(check.state), el("span", {}, el("b", { text: check.name }), el("span", { class: "muted", text: check.text })), el("span", { class: "hidden", text: said }));
}

function itemRow(item, number) {
  const cells = ["description", "quantity", "unit_price", "amount"].map((key) => {
    const title = { description: "Description", quantity: "Quantity", unit_price: "Price", amount: "Amount" }[key];
    const input = el("input", { class: "cell", name: key, "aria-label": `${title} of line ${number + 1}`, maxlength: "200" });
    input.value = item[key] ?? "";
    input.addEventListener("focus", () => point(`item-${number}`));
    return el("td", { class: key === "description" ? undefined : "right" }, input);
  });
  return el("tr", {}, ...cells);
}

/** Fills the form; the fields to check come first. */
export function showValues(reply) {
  const order = [...reply.fields].sort((a, b) => a.sure - b.sure);
  fields.replaceChildren(...order.map(fieldRow));
  checks.replaceChildren(...reply.checks.map(checkRow));
  items.replaceChildren(...reply.items.map(itemRow));
  count.textContent = `(${reply.items.length})`;
}

/** Checks net + tax = total again, with what stands in the form now. */
export function checkSum(reply) {
  const values = SUMS.map((name) => byId(`field-${name}`).value);
  if (SUMS.every((name, place) => values[place] === byId(`field-${name}`).dataset.read)) {
    checks.firstElementChild.replaceWith(checkRow(reply.checks[0]));
    return;
  }
  const [net, tax, total] = values.map((value) => (value === "" ? NaN : Number(value)));
  const sum = net + tax;
  const known = Number.isFinite(sum + total);
  const state = !known ? "unknown" : Math.abs(sum - total) <= 0.02 ? "ok" : "off";
  const text = known ? `${values[0]} + ${values[1]} = ${sum.toFixed(2)}, total ${values[2]}` : "Not all three are plain amounts.";
  checks.firstElementChild.replaceWith(checkRow({ name: reply.checks[0].name, state, text }));
}

/** What the service stores: each value as it was read and as it is now. */
export function review(document) {
  const inputs = [...fields.querySelectorAll("input")];
  return {
    document,
    fields: Object.fromEntries(inputs.map(({ name, value, dataset }) => [name, { read: dataset.read || null, corrected: value.trim() || null }])),
    items: [...items.rows].map((row) => Object.fromEntries([...row.querySelectorAll("input")].map(({ name, value }) => [name, value.trim()]))),
  };
}

/** Brings the cursor to a value; Enter goes on from there. */
export function focusValue(name) {
  const input = name.startsWith("item-") ? items.rows[Number(name.slice(5))].querySelector("input") : byId(`field-${name}`);
  input.focus();
}

export function nextField(input) {
  const inputs = [...fields.querySelectorAll("input")];
  return inputs[inputs.indexOf(input) + 1] ?? byId("save");
}

// Line charts as SVG. Drawn to the width at hand, read with a pointer or the arrow keys.

import { el } from "./dom.js";

const SPACE = "http://www.w3.org/2000/svg";
const EDGE = { left: 52, right: 12, top: 14, bottom: 28 };
const TICKS = 4;

function node(tag, attributes, text) {
  const made = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function step(span) {
  const rough = span / TICKS || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].map((its) => its * power).find((its) => its >= rough);
}

// lines: {values, kind}, areas: {low, high, kind}; null in values is a gap. labels: one text a point.
function frame(place, height, { count, lines, areas = [] }) {
  const width = Math.max(place.clientWidth, 240);
  const all = [...lines.flatMap((its) => its.values), ...areas.flatMap((its) => [...its.low, ...its.high])];
  const known = all.filter((its) => its !== null && its !== undefined);
  const size = step(Math.max(0, ...known) - Math.min(0, ...known));
  const low = Math.floor(Math.min(0, ...known) / size) * size;
  const high = Math.ceil(Math.max(0, ...known) / size) * size;
  return {
    width,
    height,
    low,
    high,
    size,
    x: (index) => EDGE.left + (index / Math.max(count - 1, 1)) * (width - EDGE.left - EDGE.right),
    y: (value) => height - EDGE.bottom - ((value - low) / (high - low || 1)) * (height - EDGE.top - EDGE.bottom),
  };
}

function path(values, at) {
  let pen = "M";
  return values
    .map((value, index) => {
      if (value === null || value === undefined) {
        pen = "M";
        return "";
      }
      const point = `${pen}${at.x(index).toFixed(1)} ${at.y(value).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
}

function band(area, at) {
  const first = area.low.findIndex((its) => its !== null);
  const there = area.high.slice(first).map((value, index) => `${at.x(first + index)} ${at.y(value)}`);
  const back = area.low.slice(first).map((value, index) => `${at.x(first + index)} ${at.y(value)}`).reverse();
  return `M${[...there, ...back].join("L")}Z`;
}

function axes(svg, at, chart) {
  for (let value = at.low; value <= at.high + at.size / 2; value += at.size) {
    const y = at.y(value);
    svg.append(node("path", { class: "grid", d: `M${EDGE.left} ${y}H${at.width - EDGE.right}` }));
    svg.append(node("text", { x: EDGE.left - 8, y: y + 4, "text-anchor": "end" }, value.toLocaleString("en")));
  }
  const room = Math.max(Math.floor((at.width - EDGE.left) / 90), 2);
  const every = Math.max(Math.ceil(chart.count / room), 1);
  for (let index = Math.floor(every / 2); index < chart.count; index += every) {
    const text = { x: at.x(index), y: at.height - 8, "text-anchor": "middle" };
    svg.append(node("text", text, chart.labels[index]));
  }
}

/** Draws `chart` into `place`; `tell(index)` gives the lines of the tip, `name` says what it shows. */
export function draw(place, chart) {
  const height = place.classList.contains("low") ? 210 : 320;
  const at = frame(place, height, chart);
  const svg = node("svg", { height, viewBox: `0 0 ${at.width} ${height}`, role: "img", tabindex: 0, "aria-label": `${chart.name}. Arrow keys read the points.` });
  axes(svg, at, chart);
  for (const area of chart.areas ?? []) svg.append(node("path", { class: area.kind, d: band(area, at) }));
  for (const line of chart.lines) svg.append(node("path", { class: `line ${line.kind}`, d: path(line.values, at) }));
  const cross = node("path", { class: "cross", visibility: "hidden" });
  const mark = node("circle", { class: "mark", r: 4.5, visibility: "hidden" });
  svg.append(cross, mark);
  const tip = el("div", { class: "tip", role: "status", hidden: true });
  place.replaceChildren(svg, tip);
  place.removeAttribute("aria-busy");
  read(svg, tip, cross, mark, at, chart);
}

function read(svg, tip, cross, mark, at, chart) {
  let here = chart.start ?? 0;
  const show = (index) => {
    here = Math.min(Math.max(index, 0), chart.count - 1);
    const value = chart.lines.map((its) => its.values[here]).findLast((its) => its !== null && its !== undefined);
    cross.setAttribute("d", `M${at.x(here)} ${EDGE.top}V${at.height - EDGE.bottom}`);
    cross.setAttribute("visibility", "visible");
    mark.setAttribute("visibility", value === undefined ? "hidden" : "visible");
    if (value !== undefined) {
      mark.setAttribute("cx", at.x(here));
      mark.setAttribute("cy", at.y(value));
    }
    tip.hidden = false;
    tip.replaceChildren(...chart.tell(here).map((text) => el("div", { text })));
    const left = at.x(here) + 12;
    tip.style.left = `${left + tip.offsetWidth > at.width ? at.x(here) - 12 - tip.offsetWidth : left}px`;
  };
  const hide = () => {
    tip.hidden = true;
    cross.setAttribute("visibility", "hidden");
    mark.setAttribute("visibility", "hidden");
  };
  svg.addEventListener("pointermove", (event) => {
    const share = (event.offsetX - EDGE.left) / (at.width - EDGE.left - EDGE.right);
    show(Math.round(share * (chart.count - 1)));
  });
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("focus", () => svg.matches(":focus-visible") && show(here));
  svg.addEventListener("blur", hide);
  svg.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: chart.count - 1 };
    if (event.key in moves) {
      event.preventDefault();
      show(moves[event.key]);
    }
  });
}

/** A table with the same numbers: `right` columns at the end are set to the right. */
export function table(head, rows, right) {
  const cell = (tag, text, index) => {
    const side = index >= head.length - right ? "right" : undefined;
    return text instanceof Node ? el(tag, { class: side }, text) : el(tag, { class: side, text });
  };
  return el(
    "table",
    {},
    el("thead", {}, el("tr", {}, ...head.map((text, index) => cell("th", text, index)))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((text, index) => cell("td", text, index))))),
  );
}

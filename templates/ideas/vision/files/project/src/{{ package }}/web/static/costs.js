// What a threshold finds, rejects and costs: measured on the development part, weighed by the assumptions.

const SPACE = "http://www.w3.org/2000/svg";
const [WIDE, HIGH, EDGE] = [320, 96, 6];

const byId = (id) => document.getElementById(id);

const percent = (share) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`;

/** Returns what the errors on 1,000 tiles cost, threshold by threshold. */
export function costCurve(costs, line) {
  return line.recall.map((recall, place) => {
    const escapes = costs.defect_rate * (1 - recall) * costs.cost_per_escape;
    const rejects = (1 - costs.defect_rate) * line.alarms[place] * costs.cost_per_false_reject;
    return 1000 * (escapes + rejects);
  });
}

/** Writes the numbers of a threshold, given by its place in the line's list. */
export function showNumbers(costs, line, place) {
  const money = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  const cost = costCurve(costs, line)[place];
  byId("threshold-value").textContent = line.thresholds[place].toFixed(2);
  byId("found").textContent = percent(line.recall[place]);
  byId("alarms").textContent = percent(line.alarms[place]);
  byId("cost").textContent = `${money.format(cost)} ${costs.currency}`;
  byId("day").textContent = `${money.format((cost * costs.tiles_per_day) / 1000)} ${costs.currency} a day`;
  byId("assumed").textContent =
    `Assumed: ${money.format(costs.tiles_per_day)} tiles a day, ${percent(costs.defect_rate)} with a defect; an escape costs ` +
    `${costs.cost_per_escape} ${costs.currency}, a false reject ${costs.cost_per_false_reject} ${costs.currency} (configs/business.toml).`;
}

function shape(kind, attributes) {
  const node = document.createElementNS(SPACE, kind);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** Draws cost over threshold, with a line where the slider stands and one where it costs least. */
export function drawCurve(costs, line, place) {
  const values = costCurve(costs, line);
  // Beyond the cost of not inspecting at all, nobody would set the slider.
  const top = 1.6 * 1000 * costs.defect_rate * costs.cost_per_escape;
  const x = (index) => EDGE + (index / (values.length - 1)) * (WIDE - 2 * EDGE);
  const y = (value) => HIGH - EDGE - Math.min(value / top, 1) * (HIGH - 2 * EDGE);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  const cheapest = line.thresholds.indexOf(line.threshold);
  byId("curve").replaceChildren(
    shape("polyline", { points: points.join(" "), class: "cost-line" }),
    shape("line", { x1: x(cheapest), x2: x(cheapest), y1: EDGE, y2: HIGH - EDGE, class: "cost-least" }),
    shape("line", { x1: x(place), x2: x(place), y1: EDGE, y2: HIGH - EDGE, class: "cost-here" }),
  );
}

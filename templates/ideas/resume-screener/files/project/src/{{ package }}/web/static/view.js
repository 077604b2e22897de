// Turns a ranking into elements.

import { el, icon } from "./dom.js";

const LEVELS = {
  led: ["led it", "strong"],
  ran: ["ran it", "strong"],
  used: ["used it", "shown"],
  weak: ["touched it", "thin"],
  listed: ["only listed", "thin"],
  wish: ["wants to learn", "gap"],
  missing: ["not found", "gap"],
};
const WIDEST = 12; // points at which a reason's bar is full

const signed = (points) => `${points > 0 ? "+" : points < 0 ? "\u2212" : "\u00b1"}${Math.abs(points).toFixed(1)}`;

export function asks(job) {
  const chips = (skills, kind) => skills.map((skill) => el("span", { class: `chip ${kind}`, text: skill }));
  return [
    el("span", { class: "ask-title", text: "Asks for" }),
    ...chips(job.must, "must"),
    el("span", { class: "ask-title", text: "nice" }),
    ...chips(job.nice, "nice"),
    el("span", { class: "ask-title", text: job.years === 1 ? "1 year" : `${job.years} years` }),
  ];
}

export function row(applicant, open) {
  const id = `more-${applicant.id}`;
  const more = el("div", { class: "more", id, hidden: !open });
  const head = el(
    "button",
    { class: "head", type: "button", "aria-expanded": String(open), "aria-controls": id },
    el("span", { class: "place", text: applicant.place }),
    el("span", { class: "who" }, el("span", { class: "name-line", text: applicant.name }), summary(applicant)),
    el("span", { class: "score" }, el("b", { text: Math.round(applicant.score) }), meter(applicant.score)),
    icon("open"),
  );
  head.addEventListener("click", () => {
    const shown = head.getAttribute("aria-expanded") === "true";
    head.setAttribute("aria-expanded", String(!shown));
    more.hidden = shown;
  });
  more.append(...details(applicant));
  return el("li", { class: `row${applicant.id === "upload" ? " own" : ""}` }, head, more);
}

function summary(applicant) {
  const marks = applicant.findings
    .filter((finding) => finding.must)
    .map(({ skill, level }) => el("span", { class: `mark ${LEVELS[level][1]}`, text: skill, title: LEVELS[level][0] }));
  return el("span", { class: "marks" }, ...marks);
}

function meter(score) {
  const fill = el("i");
  fill.style.width = `${Math.max(2, Math.min(100, score))}%`;
  return el("span", { class: "meter", "aria-hidden": "true" }, fill);
}

function details(applicant) {
  return [
    el("h3", { text: "What the résumé shows" }),
    el("ul", { class: "findings" }, ...applicant.findings.map(finding)),
    applicant.reasons.length ? el("h3", { text: "What sets this application apart, in points" }) : null,
    el("ul", { class: "reasons" }, ...applicant.reasons.map(reason)),
    applicant.doubts.length ? el("h3", { text: "Ask before you decide" }) : null,
    ...applicant.doubts.map((text) => el("p", { class: "notice", text })),
    swap(applicant.swap),
    el("details", { class: "raw" }, el("summary", { text: "The text as it was scored" }), el("pre", { text: applicant.text })),
  ].filter((node) => node !== null);
}

function finding({ skill, must, level, quote, last_year: year }) {
  const [words, kind] = LEVELS[level];
  const beside = [must ? null : "nice", year].filter((its) => its !== null);
  return el(
    "li",
    {},
    el("span", { class: `mark ${kind}`, text: words }),
    el("span", {}, el("b", { text: skill }), beside.length ? ` (${beside.join(", ")})` : ""),
    quote ? el("q", { text: quote }) : null,
  );
}

function reason({ label, points }) {
  const bar = el("i", { class: points < 0 ? "minus" : "plus" });
  bar.style.width = `${Math.min(50, (Math.abs(points) / WIDEST) * 50)}%`;
  return el("li", {}, el("span", { text: label }), el("span", { class: "bar-box", "aria-hidden": "true" }, bar), el("b", { text: signed(points) }));
}

function swap(points) {
  if (points === null) return null;
  const same = points === 0;
  const text = same
    ? "The same résumé under a name of the other group: no change."
    : `The same résumé under a name of the other group: ${signed(points)} points. That is prejudice, learned from past grades.`;
  return el("p", { class: `swap ${same ? "even" : "uneven"}`, text });
}

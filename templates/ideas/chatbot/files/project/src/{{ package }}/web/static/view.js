// The conversation's entries: question, waiting, answer, abstention, failure.

import * as client from "./client.js";
import { el, icon } from "./dom.js";
import { openSource } from "./panel.js";
import { failedCard, waitingCard } from "./states.js";

const CONTACT = { page: "contact-us", title: "How to reach us" };

export function questionEntry(text) {
  return el("article", { class: "entry mine" }, el("p", { class: "bubble" }, el("span", { class: "hidden", text: "You asked: " }), text));
}

export function waitingEntry() {
  return el("article", { class: "entry theirs" }, waitingCard("Looking through the help pages…"));
}

export function errorEntry(message, retry) {
  return el("article", { class: "entry theirs" }, failedCard(message, retry));
}

export function answerEntry(question, reply) {
  const card = el("div", { class: reply.abstained ? "card abstained" : "card" });
  if (reply.abstained) card.append(el("p", { class: "card-title" }, icon("person"), "I cannot answer this one"));
  card.append(...paragraphs(reply));
  if (reply.abstained) card.append(handOver(question));
  if (reply.notice) card.append(el("p", { class: "notice", text: reply.notice }));
  if (reply.citations.length > 0) card.append(sources(reply));
  card.append(footer(reply));
  return el("article", { class: "entry theirs" }, card);
}

function paragraphs(reply) {
  return reply.answer
    .split(/\n+/)
    .filter((line) => line.trim() !== "")
    .map((line) => {
      // A paragraph that is a quote word for word says so with its source's number.
      const index = reply.citations.findIndex(({ quote }) => quote === line);
      return paragraph(index < 0 ? line : `${line} [${index + 1}]`, reply.citations);
    });
}

// Quoted list items arrive on one line: "- Tent: $16 a day - Roof box: $15 a day".
function paragraph(line, citations) {
  if (!line.startsWith("- ")) return el("p", { class: "answer" }, ...withMarkers(line, citations));
  const items = line.slice(2).split(/ - (?=\p{Lu})/u);
  return el("ul", { class: "answer points" }, ...items.map((item) => el("li", {}, ...withMarkers(item, citations))));
}

// "[2]" in an answer becomes a button that opens the second source.
function withMarkers(line, citations) {
  return line.split(/(\[\d+\])/).map((part) => {
    const number = /^\[(\d+)\]$/.exec(part)?.[1];
    const citation = number === undefined ? undefined : citations[Number(number) - 1];
    if (citation === undefined) return part;
    return el("button", {
      class: "marker",
      type: "button",
      text: number,
      "aria-label": `Source ${number}: ${citation.title}`,
      on: { click: () => openSource(citation) },
    });
  });
}

// "how-long-you-have" -> "How long you have"; the text above the first heading has no name.
function sectionName(slug) {
  if (slug === "overview") return "";
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function sources(reply) {
  const heading = reply.abstained ? "Closest pages" : reply.citations.length > 1 ? "Sources" : "Source";
  const items = reply.citations.map((citation, index) => {
    const place = sectionName(citation.section);
    const repeated = reply.answer.includes(citation.quote);
    return el(
      "li",
      {},
      el(
        "button",
        { class: "source", type: "button", on: { click: () => openSource(citation) } },
        el("span", { class: "number", text: String(index + 1), "aria-hidden": "true" }),
        el(
          "span",
          { class: "source-text" },
          el("span", { class: "source-title" }, citation.title, place ? el("span", { class: "muted", text: ` › ${place}` }) : null),
          repeated ? null : el("span", { class: "source-quote", text: citation.quote }),
        ),
        icon("page"),
      ),
    );
  });
  return el("div", { class: "sources" }, el("h3", { text: heading }), el("ul", {}, ...items));
}

function handOver(question) {
  const done = el("span", { class: "muted", role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(question);
      done.textContent = "Copied.";
    } catch {
      done.textContent = "Copying is not allowed here; please select your question above.";
    }
  };
  return el(
    "div",
    { class: "hand-over" },
    el("p", { text: "The support team can take it from here. Take your question along, so that you need not type it twice." }),
    el(
      "div",
      { class: "actions" },
      el("button", { class: "action", type: "button", text: "How to reach us", on: { click: () => openSource(CONTACT) } }),
      el("button", { class: "action", type: "button", text: "Copy my question", on: { click: copy } }),
      done,
    ),
  );
}

function footer(reply) {
  const facts = [`${Math.max(1, Math.round(reply.elapsed_ms))} ms`];
  if (!reply.abstained) {
    const author = reply.provider === "extractive" ? "quoted word for word" : `worded by ${reply.provider}`;
    // Rounded down: 0.996 is not certainty.
    facts.unshift(author, `confidence ${(Math.floor(reply.confidence * 100) / 100).toFixed(2)}`);
  }
  return el("div", { class: "card-foot" }, el("span", { class: "facts", text: facts.join(" · ") }), feedback(reply));
}

function feedback(reply) {
  const box = el("span", { class: "feedback", role: "group", "aria-label": "Was this helpful?" });
  const send = async (helpful) => {
    const buttons = box.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    const pages = [...new Set(reply.citations.map((citation) => citation.page))].slice(0, 10);
    try {
      await client.vote({ helpful, abstained: reply.abstained, pages });
      box.replaceChildren(el("span", { role: "status", text: "Thank you." }));
    } catch (error) {
      for (const button of buttons) button.disabled = false;
      box.append(el("span", { role: "alert", text: error.message }));
    }
  };
  box.append(
    el("span", { text: "Helpful?" }),
    el("button", { class: "vote", type: "button", "aria-label": "Yes, helpful", on: { click: () => send(true) } }, icon("up")),
    el("button", { class: "vote", type: "button", "aria-label": "No, not helpful", on: { click: () => send(false) } }, icon("down")),
  );
  return box;
}

// Wires the page together.

import * as client from "./client.js";
import { el } from "./dom.js";
import { checkReady, failedCard, showState, waitingCard } from "./states.js";
import { asks, row } from "./view.js";

const byId = (id) => document.getElementById(id);
const [select, file, fileText, redact] = ["job", "file", "file-text", "redact"].map(byId);
const [asked, says, news, problem, list] = ["asks", "redact-says", "news", "problem", "list"].map(byId);

const SAYS = {
  true: "Names, contacts, pronouns and hobbies are taken out before anything is scored.",
  false: "Names are visible to you and to a ranker that learned from unfair grades. Open a row to see what another name would change.",
};

let jobs = [];
let own = null; // the text of the uploaded file
let turn = 0; // an answer to an older question is dropped

const hides = () => redact.getAttribute("aria-checked") === "true";

async function start() {
  problem.replaceChildren();
  try {
    jobs = await client.jobs();
  } catch {
    await checkReady(problem); // says why, and asks again
    return;
  }
  select.replaceChildren(...jobs.map((job) => el("option", { value: job.id, text: `${job.title} (${job.applications} applications)` })));
  select.disabled = file.disabled = false;
  await show();
}

async function show(openFirst = true) {
  const current = ++turn;
  const job = jobs.find((its) => its.id === select.value);
  if (!job) return;
  asked.replaceChildren(...asks(job));
  says.textContent = SAYS[hides()];
  problem.replaceChildren(waitingCard("Reading the applications\u2026"));
  list.setAttribute("aria-busy", "true");
  try {
    const ranking = await (own === null ? client.rank(job.id, hides()) : client.upload(job.id, hides(), own));
    if (current !== turn) return;
    const opened = own === null ? ranking.applicants[0].id : "upload";
    list.replaceChildren(...ranking.applicants.map((its) => row(its, openFirst && its.id === opened)));
    problem.replaceChildren();
    showState("ready", "Ready");
    news.textContent = `${ranking.applicants.length} applications ranked, names ${ranking.redacted ? "hidden" : "visible"}.`;
    if (own !== null) list.querySelector(".own").scrollIntoView({ block: "center" });
  } catch (error) {
    if (current !== turn) return;
    list.replaceChildren();
    problem.replaceChildren(failedCard(error.message, () => show(openFirst)));
  } finally {
    if (current === turn) list.removeAttribute("aria-busy");
  }
}

async function add(chosen) {
  fileText.textContent = "Reading the file\u2026";
  try {
    own = await client.textOf(chosen);
    fileText.textContent = `${chosen.name} is in the list`;
    await show();
  } catch (error) {
    own = null;
    fileText.textContent = "Add a PDF or text file";
    problem.replaceChildren(failedCard(error.message, () => {
      problem.replaceChildren();
      file.focus();
    }));
  }
  file.value = "";
}

select.addEventListener("change", () => show());
redact.addEventListener("click", () => {
  redact.setAttribute("aria-checked", String(!hides()));
  show();
});
file.addEventListener("change", () => {
  if (file.files.length) add(file.files[0]);
});
byId("controls").addEventListener("submit", (event) => event.preventDefault());

start().then(() => {
  if (jobs.length) checkReady(problem);
});

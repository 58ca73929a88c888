"use strict";
// Everything that comes from a record is set as text, never as markup. A response is shown only while the patient
// it was asked for is the one on the screen.

const $ = (id) => document.getElementById(id);
const GUIDELINES = Object.freeze({ id: null, name: "Guidelines" });
const GUIDELINE_QUESTIONS = [
  "At what age does colorectal cancer screening start?",
  "How often should a 50 year old woman get a mammogram?",
  "Can metformin be given when the eGFR is 25?",
  "Who should be screened for lung cancer?",
];
const REASONS = {
  not_documented: "Not documented", unsupported: "Not supported by the chart", out_of_scope: "Out of scope",
  not_understood: "Not understood", wrong_premise: "The question assumes something the chart does not hold", low_confidence: "Held back: too unsure",
};
const ABSENCES = { not_covered: "Outside what this chart covers", not_documented: "Note" };
const KINDS = { computed: "computed", guideline: "guideline", inference: "inference", absence: "documented as absent" };
const WARNINGS = {
  hidden_characters: "Holds hidden characters, named in ⟨⟩", instruction_like: "This text reads like an instruction to a computer; it was not followed",
  near_instruction: "Text beside this reads like an instruction to a computer; it was not followed",
};
const STAGES = { planning: "Reading the question", retrieving: "Searching the chart", writing: "Writing", checking: "Checking each sentence" };

const BRIEFINGS = {
  brief: { label: "Brief for a visit", path: "brief", parts: briefingParts, about: "The chart on one screen, most important first, each line cited" },
  changes: { label: "Changes since the last visit", path: "changes", parts: briefingParts, about: "What was started, stopped, new or out of range since the last visit" },
  gaps: { label: "What is due", path: "gaps", parts: gapParts, about: "Screening, immunisation and monitoring by the guidelines: overdue, due, unknown, up to date" },
  safety: { label: "Medication safety", path: "medication-safety", parts: safetyParts, about: "What is taken against the rules of medication safety, gravest first" },
};
const PLAIN_LABELS = new Set(["active", "latest", "who", "new", "measured", "allergy", "in a note", "outside range", "visit"]); // the section says so
const GAP_STATES = ["overdue", "due", "unknown", "up to date"];
const LONGEST_LINE = 2000;

const MOST_TURNS = 8;

const state = { patients: [], shown: null, pending: null, cards: [], turns: [], opener: null, opening: 0 };

// ---- small parts ---------------------------------------------------------------------------------------------------

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = revealed(value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : revealed(String(value)));
  }
  const shown = children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== "");
  element.append(...shown.map((child) => (typeof child === "string" ? revealed(child) : child)));
  return element;
}

// Characters that hide or reorder others are named, in runs; joiners inside words of other alphabets and emoji are left.
const CONCEALED = /(?:[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f]))+/gu;

function revealed(text) {
  return text.replace(/^\ufeff/, "").replace(CONCEALED, (run) => {
    const names = Array.from(run, (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
    return `⟨${names.length > 3 ? `${names[0]} and ${names.length - 1} more` : names.join(" ")}⟩`;
  });
}

function day(written) { return written ? written.slice(0, 10) : ""; }

function age(patient) {
  if (!patient.birth_date || patient.birth_date.length < 10) return "";
  const end = patient.deceased && patient.deceased.length >= 10 ? new Date(day(patient.deceased)) : new Date();
  const born = new Date(day(patient.birth_date));
  const before = end.getUTCMonth() < born.getUTCMonth() || (end.getUTCMonth() === born.getUTCMonth() && end.getUTCDate() < born.getUTCDate());
  return `${end.getUTCFullYear() - born.getUTCFullYear() - (before ? 1 : 0)} years`;
}

async function get(path, signal) {
  const response = await fetch(path, { signal, headers: { Accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail || body.title || "The server did not answer.");
  return body;
}

function problem(text) { return make("p", { class: "problem", role: "alert", text }); }

// ---- patients ------------------------------------------------------------------------------------------------------

async function loadPatients() {
  try {
    state.patients = (await get("/v1/patients")).patients;
  } catch (error) {
    $("chart").replaceChildren(problem(error.message));
    return;
  }
  listPatients();
  choose(state.patients[0] || GUIDELINES);
}

function listPatients() {
  const wanted = $("find").value.trim().toLowerCase();
  const fits = (patient) => `${patient.name} ${patient.id}`.toLowerCase().includes(wanted);
  const rows = [...(wanted ? [] : [GUIDELINES]), ...state.patients.filter(fits)].map(personRow);
  $("patients").replaceChildren(...(rows.length ? rows : [make("li", { class: "dim", text: "No patient of that name." })]));
}

function personRow(patient) {
  const about = patient.id === null ? "no patient: recommendations" : [patient.gender, patient.birth_date ? `born ${patient.birth_date}` : "", patient.deceased ? "died" : ""].filter(Boolean).join(" · ");
  const current = state.shown !== null && state.shown.id === patient.id;
  return make("li", {}, make("button", {
    type: "button", class: "person", "aria-current": current ? "true" : undefined, onclick: () => { choose(patient); closePickerOnPhone(); },
  }, make("span", { class: "name", text: patient.name || patient.id }), make("span", { class: "dim", text: about })));
}

function onPhone() { return window.matchMedia("(max-width: 760px)").matches; }

function closePickerOnPhone() {
  if (onPhone()) { $("picker").open = false; $("question").focus(); }
}

function choose(patient) {
  if (state.pending) { state.pending.abort.abort(); state.pending.card.remove(); state.pending = null; }
  state.shown = patient;
  begin();
  closeSource();
  listPatients();
  $("picker-label").textContent = revealed(patient.name || patient.id);
  $("question").placeholder = patient.id === null ? "Ask the guidelines" : "Ask about this chart";
  showCards();
  $("suggestions").replaceChildren();
  if (patient.id === null) {
    $("chart").replaceChildren(make("h1", { text: "Guidelines" }), make("p", { class: "dim", text: "Recommendations with their organization, year, strength and certainty. No patient's chart is read." }));
    suggest(GUIDELINE_QUESTIONS);
    return;
  }
  $("chart").replaceChildren(make("h1", { text: patient.name || patient.id }));
  get(`/v1/patients/${encodeURIComponent(patient.id)}`).then(
    (chart) => { if (state.shown.id === chart.id) { showChart(chart); suggest(chart.suggested_questions); } },
    (error) => { if (state.shown.id === patient.id) $("chart").append(problem(error.message)); },
  );
}

function showChart(chart) {
  const born = chart.birth_date ? `born ${chart.birth_date}` : "";
  const died = chart.deceased ? `died ${day(chart.deceased)}` : "";
  const counts = Object.entries(chart.facts_by_category).filter(([name]) => name !== "demographic").sort((a, b) => b[1] - a[1]).slice(0, 8);
  $("chart").replaceChildren(
    make("h1", { text: chart.name || chart.id }),
    make("p", { class: "who", text: [chart.gender, age(chart), born, died].filter(Boolean).join(" · ") }),
    make("p", { class: "dim small", text: [chart.id, chart.earliest ? `records ${day(chart.earliest)} to ${day(chart.newest)}` : "", `${chart.documents} documents`].filter(Boolean).join(" · ") }),
    make("ul", { class: "counts", "aria-label": "What the chart holds" }, counts.map(([name, count]) =>
      make("li", {}, make("b", { text: String(count) }), ` ${name.replaceAll("_", " ")}`))),
  );
}

function suggest(questions) {
  const told = state.shown.id === null ? [] : Object.entries(BRIEFINGS).map(([kind, { label, about }]) =>
    make("button", { type: "button", class: "suggestion briefing", text: label, title: about, onclick: () => brief(kind) }));
  $("suggestions").replaceChildren(...told, ...questions.map((text) =>
    make("button", { type: "button", class: "suggestion", text, onclick: () => submit(text) })));
}

// ---- told without a question ---------------------------------------------------------------------------------------

// The chart on one screen, or what changed since the last visit: computed from the records, each line cited.
async function brief(kind) {
  if (state.pending) { state.pending.abort.abort(); state.pending.card.remove(); }
  const { label, path, parts } = BRIEFINGS[kind];
  const asked = { patientId: state.shown.id, question: label, asOf: $("as-of").value || null, audience: "clinician" };
  const card = newCard(asked);
  const pending = { abort: new AbortController(), card: card.element };
  state.pending = pending;
  state.cards.unshift(card);
  showCards();
  card.show();
  try {
    const wanted = asked.asOf ? `?as_of=${encodeURIComponent(asked.asOf)}` : "";
    const told = await get(`/v1/patients/${encodeURIComponent(asked.patientId)}/${path}${wanted}`, pending.abort.signal);
    if (state.pending !== pending || state.shown.id !== asked.patientId) return; // another chart is on the screen
    told.patient_id === asked.patientId ? card.tell(parts(told, numbering())) : card.fail("The answer was for another chart and was dropped.");
  } catch (error) {
    if (error.name !== "AbortError" && state.pending === pending) card.fail(error.message);
  }
  if (!card.finished) { state.cards = state.cards.filter((each) => each !== card); card.element.remove(); }
  if (state.pending === pending) state.pending = null;
  listHistory();
}

// Returns the number of a citation, the same one wherever it is met again.
function numbering(numbers = new Map()) {
  return (citation) => { if (!numbers.has(citation.id)) numbers.set(citation.id, { place: numbers.size + 1, citation }); return numbers.get(citation.id).place; };
}

function briefingParts(told, number) {
  const since = told.since ? make("p", { class: "dim small", text: told.since.first ? `Since ${told.since.first}: ${told.since.words}` : told.since.words }) : null;
  return [since, ...told.sections.map((section) => sectionPart(section, number))].filter(Boolean);
}

function sectionPart(section, number) {
  const lines = section.lines.map((line) => make("li", {},
    line.label && !PLAIN_LABELS.has(line.label) ? make("span", { class: "kind", text: line.label }) : null, " ", withDates(line.claim.text), " ",
    line.claim.citations.map((citation) => chip(citation, number(citation)))));
  const none = make("p", { class: "dim small", text: `Nothing: ${section.searched}` });
  return make("section", { class: "told" }, make("h3", { text: section.title }), lines.length ? make("ul", {}, lines) : none,
    section.left_out ? make("p", { class: "dim small", text: `and ${section.left_out} more` }) : null);
}

function chips(claims, number) {
  return [...new Map(claims.flatMap((claim) => claim.citations).map((citation) => [citation.id, citation])).values()].map((citation) => chip(citation, number(citation)));
}

function gapParts(told, number) {
  const sections = GAP_STATES.map((status) => [status, told.gaps.filter((gap) => gap.status === status)]).filter(([, gaps]) => gaps.length);
  const line = (gap) => make("li", {}, make("span", { class: "kind", text: gap.kind }), " ", gap.what, " ", chips([gap.statement], number),
    make("p", { class: "dim small" }, "Last: ", withDates(gap.last ? gap.last.text : `none in the chart (${gap.searched})`), " ", gap.last ? chips([gap.last], number) : null),
    make("p", { class: "dim small", text: `By ${gap.organization}, ${gap.year}, strength ${gap.strength}` }),
    gap.missing.map((each) => make("p", { class: "dim small", text: `Open: ${each.what} (${each.why})` })));
  return [
    ...sections.map(([status, gaps]) => make("section", { class: "told" }, make("h3", { text: status[0].toUpperCase() + status.slice(1) }), make("ul", {}, gaps.map(line)))),
    make("p", { class: "dim small", text: `Up to ${told.until}: ${told.recommendations} recommendations with an interval looked at, ${told.not_applicable} of them no matter here. Not yet reviewed by a clinician.` }),
  ];
}

function safetyParts(told, number) {
  const alert = ({ line, mechanism, value, consider, review_state: reviewed }) => make("li", {}, withDates(line.claim.text), " ", chips([line.claim], number),
    make("p", { class: "dim small", text: `Why: ${mechanism}` }), value ? make("p", { class: "dim small", text: `Value: ${value}` }) : null,
    make("p", { class: "dim small", text: `To consider: ${consider} (${reviewed})` }));
  const unknown = told.not_known.map((each) => make("li", { text: `${each.what}: ${each.why} (for ${each.medicines.join(", ")})` }));
  const taken = told.medicines.map((line) => line.claim.citations[0].source.title);
  return [
    make("p", { text: told.summary }),
    told.alerts.length ? make("section", { class: "told" }, make("h3", { text: "Alerts" }), make("ul", {}, told.alerts.map(alert))) : null,
    unknown.length ? make("section", { class: "told" }, make("h3", { text: "Not known" }), make("ul", {}, unknown)) : null,
    told.not_recognised.length ? make("p", { class: "dim small", text: `No rule speaks of: ${told.not_recognised.join(", ")} (not in the terminology)` }) : null,
    make("p", { class: "dim small", text: `Medicines looked at: ${[...new Set(taken)].join(", ") || "none in the chart"}` }),
  ].filter(Boolean);
}

// ---- asking --------------------------------------------------------------------------------------------------------

async function submit(text) {
  const question = text.trim();
  if (!question || state.shown === null) return;
  if (state.pending) { state.pending.abort.abort(); state.pending.card.remove(); }
  const asked = { patientId: state.shown.id, question, asOf: $("as-of").value || null, audience: $("audience").value, earlier: state.turns.slice(-MOST_TURNS) };
  const card = newCard(asked);
  const pending = { abort: new AbortController(), card: card.element };
  state.pending = pending;
  state.cards.unshift(card);
  showCards();
  card.show();
  $("question").value = "";
  try {
    await stream(asked, pending.abort.signal, (event, data) => {
      if (state.pending !== pending || state.shown.id !== asked.patientId) return; // another chart is on the screen
      if (event === "stage") card.stage(data);
      if (event === "claim") card.claim(data);
      if (event === "warning" && data.red_flag) card.flag(data.red_flag);
      if (event === "error") card.fail(data.detail || data.title);
      if (event !== "done") return;
      if (data.patient_id !== asked.patientId) { card.fail("The answer was for another chart and was dropped."); return; }
      card.answer(data);
      remember(asked, data);
    });
    if (state.pending === pending && !card.finished) card.fail("The answer was cut off: ask again.");
  } catch (error) {
    if (error.name !== "AbortError" && state.pending === pending) card.fail(error.message);
  }
  if (!card.finished) { state.cards = state.cards.filter((each) => each !== card); card.element.remove(); }
  if (state.pending === pending) state.pending = null;
  listHistory();
}

// The turns of a conversation go with each question, so that a follow-up can be read; another chart begins another conversation.
function remember(asked, answer) {
  state.turns = [...state.turns, { question: asked.question, answer: answer.text.slice(0, 4000), patient_id: asked.patientId }];
  $("afresh").hidden = false;
}

function begin() {
  state.turns = [];
  $("afresh").hidden = true;
}

async function stream(asked, signal, onEvent) {
  const path = asked.patientId === null ? "/v1/ask" : `/v1/patients/${encodeURIComponent(asked.patientId)}/ask`;
  const response = await fetch(path, {
    method: "POST", signal, headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ question: asked.question, as_of: asked.asOf, audience: asked.audience, earlier: asked.earlier }),
  });
  if (!response.ok) throw new Error((await response.json()).detail);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const field = (name) => block.split("\n").filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join("\n");
      if (field("event")) onEvent(field("event"), JSON.parse(field("data"))); // a block without an event is a sign of life
    }
  }
}

function showCards() {
  $("answers").replaceChildren(...state.cards.filter((card) => card.asked.patientId === state.shown.id).map((card) => card.element));
  $("suggestions").classList.toggle("row", $("answers").childElementCount > 0);
  listHistory();
}

function listHistory() {
  const done = state.cards.filter((card) => card.finished);
  $("history").hidden = done.length === 0;
  $("asked").replaceChildren(...done.slice(0, 30).map((card) => {
    const patient = [GUIDELINES, ...state.patients].find((each) => each.id === card.asked.patientId);
    return make("li", {}, make("button", { type: "button", class: "person", onclick: () => { choose(patient); closePickerOnPhone(); card.element.scrollIntoView({ block: "start" }); } },
      make("span", { class: "question", text: card.asked.question }), make("span", { class: "dim", text: patient.name || patient.id })));
  }));
}

// ---- an answer -----------------------------------------------------------------------------------------------------

function newCard(asked) {
  const stages = make("p", { class: "stages", role: "status" }, make("span", { class: "spinner", "aria-hidden": "true" }), make("span", { text: "Asking" }));
  const body = make("div", { class: "card-body" }, stages);
  const tags = [asked.asOf ? `as of ${asked.asOf}` : "", asked.audience !== "clinician" ? `for a ${asked.audience}` : ""].filter(Boolean);
  const element = make("article", { class: "card" },
    make("header", {}, make("h2", { text: asked.question }), tags.map((text) => make("span", { class: "tag", text }))), body);
  const card = {
    asked, element, finished: false,
    stage(data) {
      const counts = Object.entries(data).filter(([, value]) => typeof value === "number").map(([name, value]) => `${value} ${name.replaceAll("_", " ")}`);
      stages.lastChild.textContent = [STAGES[data.stage] || data.stage, ...counts].join(" · ");
    },
    claim(data) { body.append(make("p", { class: "claim" }, withDates(data.worded || data.text))); }, // verified; its sources come with the whole answer
    flag(data) { body.prepend(flagPart(data)); },
    show() { element.scrollIntoView({ block: onPhone() ? "start" : "nearest" }); },
    answer(data) { card.finished = true; body.replaceChildren(...answerParts(data)); card.show(); },
    tell(parts) { card.finished = true; body.replaceChildren(...parts); card.show(); },
    fail(text) { card.finished = true; body.replaceChildren(problem(text)); card.show(); },
  };
  return card;
}

function answerParts(answer) {
  const numbers = new Map();
  const number = numbering(numbers);
  const claims = answer.claims.map((claim) => claimPart(claim, number));
  const conflicts = answer.conflicts.map((conflict) => conflictPart(conflict, number));
  const beside = (answer.beside || []).map((claim) => claimPart(claim, number));
  const nearest = (answer.nearest || []).map((claim) => claimPart(claim, number));
  return [
    answer.read_as ? make("p", { class: "dim small read-as", text: `Read as: ${answer.read_as}` }) : null,
    ...answer.red_flags.map((flag) => flagPart(flag, (flag.citations || []).map((citation) => chip(citation, number(citation))))),
    answer.abstention ? abstentionPart(answer) : null,
    claims.length && answer.lead ? make("p", { class: "lead", text: answer.lead }) : null,
    claims.length ? make("div", { class: "claims" }, claims) : null,
    explanationPart(answer.explanations || []),
    ...conflicts,
    answer.missing.length ? make("p", { class: "heading", text: "Left open" }) : null,
    answer.missing.length ? make("ul", { class: "missing" }, answer.missing.map((each) => make("li", {}, make("b", { text: each.what }), ` (${each.why})`))) : null,
    claims.length && answer.closing ? make("p", { class: "closing", text: answer.closing }) : null,
    beside.length ? make("div", { class: "claims beside" }, make("p", { class: "heading", text: "Beside this, from the chart" }), beside) : null,
    nearest.length ? make("div", { class: "claims beside" }, make("p", { class: "heading", text: "Nearest in the chart, which may not answer" }), nearest) : null,
    numbers.size ? sourceList([...numbers.values()]) : null,
    footer(answer),
  ].filter(Boolean);
}

// What a term means in general: no claim about this chart, and so without a source of it.
function explanationPart(explanations) {
  if (!explanations.length) return null;
  return make("div", { class: "explanations" }, make("p", { class: "heading", text: `In general (${explanations[0].review_state})` }),
    explanations.map(({ term, text }) => make("p", { class: "dim" }, make("b", { text: `About ${term}: ` }), text)));
}

function flagPart(flag, chips = []) {
  return make("p", { class: "red-flag", role: "alert" }, make("b", { text: `${flag.urgency}: ` }), flag.text, ...chips);
}

function claimPart(claim, number) {
  const chips = claim.citations.map((citation) => chip(citation, number(citation)));
  const kind = KINDS[claim.kind] ? make("span", { class: "kind", text: KINDS[claim.kind] }) : null;
  const text = claim.worded || claim.text;
  // The first chip stays on the line of the last word.
  const cut = Math.max(text.lastIndexOf(" "), text.lastIndexOf("\n")) + 1;
  const last = make("span", { class: "together" }, withDates(text.slice(cut)), " ", chips[0]);
  return make("p", { class: "claim" }, withDates(text.slice(0, cut)), last, chips.slice(1), kind);
}

function withDates(text) {
  return text.split(/(\d{4}-\d\d-\d\d)/).map((part, place) => (place % 2 ? make("span", { class: "together", text: part }) : part));
}

function chip(citation, place) {
  const about = [citation.source.title, day(citation.source.occurred_at || citation.source.recorded_at)].filter(Boolean).join(", ");
  return make("button", {
    type: "button", class: "chip", text: String(place), "data-citation": citation.id, title: about,
    "aria-label": `Open source ${place}: ${about}`, onclick: (event) => openSource(citation, event.currentTarget),
  });
}

function sourceList(numbered) {
  const rows = numbered.map(({ place, citation }) => {
    const about = [citation.source.title, day(citation.source.occurred_at || citation.source.recorded_at), (citation.source.title || "").startsWith(citation.source.author) ? "" : citation.source.author].filter(Boolean).join(" · ");
    const quote = citation.quote.length > 160 ? `${citation.quote.slice(0, 160)}…` : citation.quote;
    return make("li", {}, make("button", { type: "button", class: "cited", onclick: (event) => openSource(citation, event.currentTarget) },
      make("span", { class: "place", text: String(place) }),
      make("span", { class: "words" }, make("span", {}, make("q", { text: quote }), " ", alsoQuoted(citation)), make("span", { class: "dim", text: about }), warnings(citation), repeated(citation))));
  });
  const list = make("ol", { class: "sources", "aria-label": "Sources" }, rows.slice(0, 6));
  if (rows.length <= 6) return list;
  const more = make("button", { type: "button", class: "more", text: `${rows.length - 6} more ${rows.length === 7 ? "source" : "sources"}`, onclick: () => { list.append(...rows.slice(6)); more.remove(); } });
  return make("div", {}, list, more);
}

function warnings(citation) {
  return (citation.marks || []).map((mark) => make("span", { class: "warning", text: WARNINGS[mark] || mark }));
}

function repeated(citation) {
  if (!citation.repeats) return null;
  const { notes, last } = citation.repeats;
  return make("span", { class: "dim", text: `the same words are repeated in ${notes} later ${notes === 1 ? "note" : "notes"}${last ? `, last ${last}` : ""}` });
}

function alsoQuoted(citation) {
  const date = digits(day(citation.source.occurred_at || citation.source.recorded_at));
  const told = (quote) => quote === citation.source.title || (date !== "" && digits(quote).startsWith(date)); // on the line below
  const short = citation.elements.map((element) => oneLine(element.quote))
    .filter((quote) => quote && quote.length <= 80 && !/^[{[<]/.test(quote) && !told(quote));
  return short.length ? make("span", { class: "dim", text: `with ${[...new Set(short)].slice(0, 7).map((quote) => `“${quote}”`).join(", ")}` }) : null;
}

function digits(written) { return (written || "").replace(/[-:]/g, ""); }

function oneLine(text) { return text.split(/\s+/).join(" ").trim(); }

function conflictPart(conflict, number) {
  return make("div", { class: "conflict" }, make("b", {}, withDates(`Sources disagree: ${conflict.about}`)),
    make("ul", {}, conflict.citations.map((citation) => make("li", {}, make("q", { text: citation.quote }), " ", chip(citation, number(citation)), make("span", { class: "dim", text: ` ${citation.source.title} ${day(citation.source.occurred_at)}` })))));
}

function abstentionPart(answer) {
  const { reason, certificate } = answer.abstention;
  return make("div", { class: "abstention" },
    make("p", { class: "reason", text: (answer.absence === "not_covered" && ABSENCES.not_covered) || REASONS[reason] || reason }), make("p", { class: "claim", text: withoutAdvice(answer) }),
    certificate ? make("details", {}, make("summary", { text: `What was searched: ${certificate.facts_searched} facts, ${certificate.passages_searched} passages` }), certificateTable(certificate)) : null);
}

// The advice of the red flags stands above the answer already.
function withoutAdvice(answer) {
  return answer.red_flags.reduce((text, flag) => text.replace(flag.text, ""), answer.text).trim();
}

function certificateTable(certificate) {
  const list = (values) => (values && values.length ? values.join(", ") : "");
  const rows = [
    [ABSENCES[certificate.absence], (certificate.gaps || []).join("; ")],
    ["Looked for", list(certificate.concepts)], ["Also as", list(certificate.synonyms)], ["Codes", list(certificate.codes)],
    ["Resource types", list(certificate.resource_types)],
    ["Searched", `${certificate.facts_searched} facts, ${certificate.passages_searched} passages of ${certificate.documents_searched} documents`],
    ["Records", [day(certificate.earliest_record), day(certificate.newest_record)].filter(Boolean).join(" to ")],
    ["As of", certificate.as_of], ["Window", certificate.window], ["Sections", list(certificate.sections)],
  ].filter(([, value]) => value);
  return make("dl", { class: "facts" }, rows.flatMap(([name, value]) => [make("dt", { text: name }), make("dd", { text: value })]));
}

function footer(answer) {
  const { confidence, receipt } = answer;
  return make("footer", {},
    answer.notice ? make("p", { class: "dim small notice", text: answer.notice }) : null,
    make("span", { class: `band band-${confidence.band}`, title: `probability ${confidence.probability.toFixed(2)}, calibration ${confidence.calibration}` }, `${confidence.band} confidence`),
    make("span", { class: "dim small", text: `${Math.round(receipt.timings.total_ms)} ms · ${receipt.generator}` }),
    make("details", { class: "checks" }, make("summary", { text: "How this was checked" }), answer.claims.map(checksPart),
      make("p", { class: "dim small", text: `Receipt ${receipt.id} · snapshot ${receipt.index} · calibration ${confidence.calibration} · ${receipt.dropped_claims} sentences dropped` }), writingPart(receipt.writing)));
}

// What a language model wrote and what became of it: a reader may see what was dropped, and why.
function writingPart(writing) {
  if (!writing) return null;
  const line = ({ claim, fate, failed }) => make("li", {}, make("b", { text: `${fate.replaceAll("_", " ")}${failed ? ` (${failed})` : ""}: ` }), claim.text);
  return make("div", { class: "checked" },
    make("p", { class: "dim small", text: `${writing.model || "A model"} was asked (prompt ${writing.prompt}), ${writing.evidence.length} sentences of evidence${writing.failure ? `; it failed: ${writing.failure}` : ""}` }),
    writing.reviews.length ? make("ul", { class: "small" }, writing.reviews.map(line)) : null);
}

function checksPart(claim) {
  const { checks, outcome } = claim.verdict;
  const marks = Object.entries(checks).filter(([, value]) => value !== null).map(([name, value]) => {
    const good = typeof value === "number" ? value >= 0.5 : value;
    const shown = typeof value === "number" ? `${name} ${Math.round(value * 100)} %` : name;
    return make("li", { class: good ? "good" : "bad", "aria-label": `${shown}: ${good ? "passed" : "failed"}` }, `${good ? "✓" : "✗"} ${shown}`);
  });
  const sum = claim.computation;
  return make("div", { class: "checked" }, make("p", { class: "small", text: claim.text }), make("ul", { class: "marks" }, marks),
    sum ? make("p", { class: "dim small", text: `${sum.operation.replaceAll("_", " ")} of ${sum.inputs.join(", ")} = ${sum.result}` }) : null,
    make("p", { class: "dim small", text: `${outcome.replaceAll("_", " ")} · ${claim.confidence.band} (${claim.confidence.probability.toFixed(2)})` }));
}

// ---- the source ----------------------------------------------------------------------------------------------------

async function openSource(citation, opener) {
  const turn = ++state.opening;
  const patientId = state.shown.id;
  state.opener = opener;
  document.querySelectorAll(".chip[aria-pressed], .cited[aria-pressed]").forEach((each) => each.removeAttribute("aria-pressed"));
  opener.setAttribute("aria-pressed", "true");
  $("source").hidden = false;
  $("layout").classList.add("reading");
  $("source-title").textContent = revealed(citation.source.title || citation.source.resource);
  $("source-about").textContent = revealed(citation.source.resource);
  $("source-body").replaceChildren(make("p", { class: "dim", text: "Opening…" }));
  $("source").focus({ preventScroll: true });
  try {
    const wanted = new URLSearchParams(citation.elements.slice(0, 40).map((element) => ["also", `${element.start}-${element.end}`]));
    if (patientId !== null) wanted.set("patient_id", patientId);
    const excerpt = await get(`/v1/citations/${encodeURIComponent(citation.id)}?${wanted}`);
    if (turn !== state.opening || state.shown.id !== patientId) return; // another source or chart is on the screen
    if (excerpt.patient_id !== null && excerpt.patient_id !== patientId) throw new Error("The source belongs to another chart and was dropped.");
    showSource(citation, excerpt);
  } catch (error) {
    if (turn === state.opening) $("source-body").replaceChildren(problem(error.message));
  }
}

function showSource(citation, excerpt) {
  const { source } = excerpt.citation;
  const rows = [["Source", source.resource], ["Element", citation.source.path || source.path], ["Happened", citation.source.occurred_at || source.occurred_at], ["Written", citation.source.recorded_at || source.recorded_at], ["Author", citation.source.author || source.author], ["Page", pagePart(excerpt)]].filter(([, value]) => value);
  const elements = citation.elements.map((each) => [each.path, oneLine(each.quote)]);
  const at = excerpt.readable || { text: excerpt.text, start: excerpt.citation.start, end: excerpt.citation.end };
  const xml = at.text.trimStart().startsWith("<");
  const also = at.also || citation.elements.map((each) => [each.start, each.end]);
  const parts = marked(at.text, [at.start, at.end], also, xml ? shapeOfXml(at.text) : (text) => text);
  $("source-title").textContent = revealed(source.title || citation.source.title || source.resource);
  $("source-about").textContent = revealed([source.resource, day(citation.source.occurred_at || source.occurred_at), citation.source.author].filter(Boolean).join(" · "));
  $("source-body").replaceChildren(
    ...warnings(citation.marks && citation.marks.length ? citation : excerpt.citation),
    make("dl", { class: "facts" }, rows.flatMap(([name, value]) => [make("dt", { text: name }), make("dd", {}, value)])),
    elements.length ? make("div", {}, make("h3", { text: "Also quoted" }), make("dl", { class: "facts" }, elements.flatMap(([name, value]) => [make("dt", { class: "mono", text: name }), make("dd", { text: value })]))) : "",
    make("pre", { class: excerpt.readable || xml ? "code" : "narrative" }, parts),
  );
  $("source-body").querySelector("mark.quote").scrollIntoView({ block: "center" });
}

function pagePart(excerpt) {
  if (!excerpt.page) return "";
  const lines = excerpt.rectangles.map((at) => `page ${at.page}: ${[at.left, at.bottom, at.right, at.top].map(Math.round).join(", ")}`);
  const where = lines.length ? make("details", {}, make("summary", { text: `${lines.length === 1 ? "1 line" : `${lines.length} lines`} marked` }),
    make("p", { class: "dim small", text: "left, bottom, right, top in points from the lower left corner" }), make("ul", { class: "mono" }, lines.map((line) => make("li", { text: line })))) : null;
  return make("div", {}, String(excerpt.page), where);
}

// XML outside of what is quoted: one space for each step of indentation, and a line break between tags where there are none.
function shapeOfXml(text) {
  const width = (gap) => gap.replaceAll("\t", "    ").length;
  const gaps = [...text.matchAll(/\n([ \t]+)</g)].map((found) => width(found[1]));
  const step = gaps.reduce((least, gap) => Math.min(least, gap), 8);
  const longest = text.split("\n").reduce((most, line) => Math.max(most, line.length), 0);
  const apart = longest > LONGEST_LINE ? (part) => part.replaceAll("><", ">\n<") : (part) => part;
  return (part) => apart(part.replace(/\n([ \t]+)/g, (_, gap) => `\n${" ".repeat(Math.round(width(gap) / step))}`));
}

function marked(text, quote, others, shape) {
  const points = Array.from(text); // ranges count code points, JavaScript counts halves of some
  const slice = (start, end) => points.slice(start, end).join("");
  const apart = others.filter(([start, end]) => end <= quote[0] || start >= quote[1]);
  const ranges = [[...quote, "quote"], ...apart.map((range) => [...range, "also"])].sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const parts = [];
  let done = 0;
  for (const [start, end, kind] of ranges) {
    if (start < done) continue; // inside an element that is marked already
    parts.push(shape(slice(done, start)), ...markLines(slice(start, end), kind));
    done = end;
  }
  return [...parts, shape(slice(done, points.length))];
}

// The indentation of further lines stays unmarked.
function markLines(text, kind) {
  return text.split(/(\n\s*)/).map((part, place) => (place % 2 ? part : part && make("mark", { class: kind, text: part }))).filter(Boolean);
}

function closeSource() {
  state.opening += 1;
  $("source").hidden = true;
  $("layout").classList.remove("reading");
  if (state.opener && state.opener.isConnected) { state.opener.removeAttribute("aria-pressed"); state.opener.focus(); }
  state.opener = null;
}

// ---- wiring --------------------------------------------------------------------------------------------------------

$("form").addEventListener("submit", (event) => { event.preventDefault(); submit($("question").value); });
$("question").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit($("question").value); }
});
$("afresh").addEventListener("click", () => { begin(); $("question").focus(); });
$("find").addEventListener("input", listPatients);
$("close").addEventListener("click", closeSource);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !$("source").hidden) closeSource();
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); $("question").focus(); }
});
$("patients").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const buttons = [...$("patients").querySelectorAll("button")];
  const next = buttons[buttons.indexOf(document.activeElement) + step];
  if (next) { event.preventDefault(); next.focus(); }
});
$("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
if (onPhone()) $("picker").open = false;
loadPatients();

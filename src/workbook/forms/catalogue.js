// @ts-check
// The catalogue of claims: a verdict is shown once the learner has committed to one of their own.

import { button, make, phrase } from "./dom.js";

/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store.js").Question} Question */

/**
 * @typedef {object} Card  one claim on the page
 * @property {HTMLElement} element
 * @property {Question} question
 * @property {string} voice
 * @property {string} type
 * @property {string} verdict  the workbook's
 * @property {HTMLElement} place  where the verdict stood, and where we work now
 * @property {HTMLElement} grounds  the verdict's reasons, kept off the page until committed
 * @property {string | null} mine  what the learner has committed to
 */

/**
 * @param {HTMLFormElement} filters
 * @param {Words} words
 * @param {Store} store
 */
export function startCatalogue(filters, words, store) {
  const select = (/** @type {string} */ name) => /** @type {HTMLSelectElement} */ (filters.elements.namedItem(name));
  const [voice, type, verdict] = [select("voice"), select("type"), select("verdict")];
  // The first two options are "any" and "still to decide".
  const verdicts = [...verdict.options].slice(2).map((option) => option.value);
  const cards = [...document.querySelectorAll(".wb-claim")].map((element) =>
    readCard(/** @type {HTMLElement} */ (element), filters.dataset.case ?? ""),
  );
  const count = /** @type {HTMLElement} */ (filters.querySelector(".wb-count"));

  /** @param {Card} card */
  function fits(card) {
    if (voice.value && voice.value !== card.voice) return false;
    if (type.value && type.value !== card.type) return false;
    if (!verdict.value) return true;
    return card.mine === null ? verdict.value === "open" : verdict.value === card.verdict;
  }

  function sift() {
    let n = 0;
    for (const card of cards) {
      const shown = fits(card);
      card.element.hidden = !shown;
      if (shown) n += 1;
    }
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".wb-claims"))) {
      section.hidden = !section.querySelector(".wb-claim:not([hidden])");
    }
    count.textContent = n ? phrase(words, "claims_shown", { n, all: cards.length }) : phrase(words, "claims_none");
  }

  function catchUp() {
    for (const card of cards) {
      // Of two choices, made on two machines and brought together, the later one stands.
      const known = store.answers(card.question).filter((answer) => verdicts.includes(String(answer)));
      const mine = known.length ? String(known.at(-1)) : null;
      if (mine === card.mine && card.place.childElementCount) continue;
      card.mine = mine;
      if (mine === null) drawQuestion(card, verdicts, words, (answer) => commit(card, answer));
      else drawVerdict(card, words);
    }
  }

  /**
   * @param {Card} card
   * @param {string} answer
   */
  function commit(card, answer) {
    // The card stays in sight, whatever the filter would now make of it.
    store.commit(card.question, answer);
    catchUp();
    /** @type {HTMLElement | null} */ (card.place.querySelector(".wb-said"))?.focus();
  }

  catchUp();
  store.onChange(() => queueMicrotask(catchUp));
  filters.addEventListener("change", sift);
  filters.addEventListener("submit", (event) => event.preventDefault());
  // The fields are emptied only after the event has gone round.
  filters.addEventListener("reset", () => setTimeout(sift));
  sift();
}

/**
 * @param {HTMLElement} element
 * @param {string} caseId
 * @returns {Card}
 */
function readCard(element, caseId) {
  const details = /** @type {HTMLElement} */ (element.querySelector(".wb-verdict"));
  const grounds = /** @type {HTMLElement} */ (details.querySelector(".wb-pairs"));
  const place = make("div", { class: "wb-decide" });
  details.replaceWith(place);
  const { claim = "", voice = "", type = "" } = element.dataset;
  const question = { case: caseId, id: claim, revision: 1, stage: "verdict" };
  return { element, question, voice, type, verdict: details.dataset.verdict ?? "", place, grounds, mine: null };
}

/**
 * @param {Card} card
 * @param {string[]} verdicts
 * @param {Words} words
 * @param {(answer: string) => void} commit
 */
function drawQuestion(card, verdicts, words, commit) {
  const name = `verdict-${card.question.id}`;
  const missing = make("p", { class: "wb-missing", role: "status" });
  const radios = verdicts.map((value) => make("input", { type: "radio", name, value, autocomplete: "off" }));
  const choices = radios.map((radio) => make("label", { class: "wb-choice" }, radio, make("span", {}, radio.value)));
  const send = button(phrase(words, "claim_commit"), "wb-commit", () => {
    const chosen = radios.find((radio) => radio.checked);
    if (chosen) return commit(chosen.value);
    missing.textContent = phrase(words, "claim_choose");
    radios[0]?.focus();
  });
  card.place.replaceChildren(
    make(
      "details",
      {},
      make("summary", {}, phrase(words, "claim_decide")),
      make(
        "fieldset",
        { class: "wb-choices" },
        make("legend", {}, phrase(words, "claim_legend")),
        make("div", { class: "wb-choice-row" }, choices),
        send,
        missing,
      ),
    ),
  );
}

/**
 * @param {Card} card
 * @param {Words} words
 */
function drawVerdict(card, words) {
  const { mine, verdict } = card;
  const same = mine === verdict;
  const said = phrase(words, same ? "claim_same" : "claim_said", { mine: mine ?? "", ours: verdict });
  card.place.replaceChildren(make("p", { class: "wb-said", tabindex: -1 }, said), card.grounds);
}

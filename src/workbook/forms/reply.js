// @ts-check
// The reply to an answer, and how the workbook answers: as elements of a form.

import { make, phrase, sign } from "./dom.js";
import { linesOf } from "./layout.js";

/** @typedef {import("./shapes.js").Feedback} Feedback */
/** @typedef {import("./shapes.js").Words} Words */

/**
 * @param {Feedback} feedback
 * @param {Words} words
 * @param {number} level  of the headings in it
 */
export function feedbackParts(feedback, words, level) {
  const best = Math.round(feedback.best * 100) / 100;
  const part = laidOut(feedback.part, "wb-part", level);
  const reply = feedback.reply ? [make("p", { class: "wb-reply" }, feedback.reply)] : [];
  return [
    make(
      "div",
      { class: `wb-feedback wb-is-${feedback.verdict.replace(" ", "-")}` },
      make(
        "p",
        { class: "wb-verdict" },
        sign(feedback.verdict),
        make("strong", {}, words.verdicts[feedback.verdict].word),
        best ? make("span", { class: "wb-best" }, phrase(words, "best", { best })) : null,
      ),
      // what is noted may end under a subheading of its own
      feedback.verdict === "noted" ? [...reply, ...part] : [...part, ...reply],
    ),
  ];
}

/**
 * @param {Feedback} feedback
 * @param {Words} words
 * @param {number} level  of the headings in it
 */
export function workedParts(feedback, words, level) {
  if (!feedback.worked && !feedback.because) return [];
  const several = feedback.worked?.includes("\n");
  const title = (/** @type {string} */ name) =>
    make("p", { class: "wb-worked-title", role: "heading", "aria-level": level }, phrase(words, name));
  return [
    make(
      "div",
      { class: "wb-worked" },
      title(feedback.verdict === "noted" ? "worked_noted" : "worked"),
      feedback.worked
        ? make("div", { class: several ? "wb-worked-lines" : null }, ...laidOut(feedback.worked, "wb-worked-answer", level + 1))
        : null,
      feedback.because ? make("p", { class: "wb-because" }, feedback.because) : null,
      feedback.alternatives.length
        ? make(
            "div",
            { class: "wb-alternatives" },
            title("also"),
            make("ul", {}, ...feedback.alternatives.map((one) => make("li", {}, ...laidOut(one, "", level + 1)))),
          )
        : null,
    ),
  ];
}

/**
 * Several lines as paragraphs, lists, subheadings and quotations.
 * @param {string} said
 * @param {string} look  a class of each line
 * @param {number} level  of the headings
 * @returns {HTMLElement[]}
 */
function laidOut(said, look, level) {
  /** @type {HTMLElement[]} */
  const made = [];
  /** @type {HTMLElement | null} the list that is being made */
  let list = null;
  for (const one of linesOf(said)) {
    if (one.kind === "item") {
      if (!list) made.push((list = make("ul", { class: "wb-items" })));
      list.append(make("li", { class: look }, one.said));
      continue;
    }
    list = null;
    if (one.kind === "head") {
      made.push(make("p", { class: `${look} wb-subhead`, role: "heading", "aria-level": level }, one.said));
    } else {
      made.push(make(one.kind === "quote" ? "blockquote" : "p", { class: look }, one.said));
    }
  }
  return made;
}

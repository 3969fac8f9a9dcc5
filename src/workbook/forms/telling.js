// @ts-check
// What is said when a learner has told which words told them. The twin of telling.py.

import { fill } from "./misread.js";
import { isRecord, locate } from "./scoring.js";

/** @typedef {import("./shapes.js").Cue} Cue */
/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Words} Words */

/** The stage of these lines in the record. */
export const TELLING = "words";

/**
 * The word tokens of the passage that a quotation covers; none where it does not stand there once.
 * @param {Face} face
 * @param {unknown} quotation  as a marking is given
 */
export function tokensOf(face, quotation) {
  const { text, tokens } = face.passage ?? { text: "", tokens: [] };
  const parts = isRecord(quotation) ? quotation : { exact: quotation };
  const [exact, prefix, suffix] = [parts.exact, parts.prefix, parts.suffix].map((part) => String(part ?? ""));
  return locate(text, tokens, exact ?? "", prefix, suffix)[0];
}

/**
 * Whether a learner with this feedback is asked which words told: solved, or all recorded.
 * @param {Face} face
 * @param {import("./shapes.js").Feedback | null} feedback
 */
export function asksForWords(face, feedback) {
  if (feedback?.told?.length) return true;
  return face.cued === true && feedback?.verdict === "recorded";
}

/**
 * What the learner marked, the edition's cues beside it, and how the two compare. Without `told`, as
 * where a class has the case, the comparing is left to the class.
 * @param {Face} face
 * @param {Cue[]} told
 * @param {unknown[]} quotations  each as a marking is given
 * @param {Words} words
 * @returns {string[]}
 */
export function sayTelling(face, told, quotations, words) {
  const said = words.telling;
  const listed = (/** @type {string[]} */ some) =>
    some.map((one) => fill(said.quoted, { words: one.split(/\s+/).filter(Boolean).join(" ") })).join(said.and);
  const mine = quotations.map((one) => String(isRecord(one) ? one.exact : one));
  const lines = [mine.length ? fill(said.yours, { words: listed(mine) }) : said.none];
  if (!told.length) return [...lines, said.class];
  lines.push(fill(said.ours, { words: listed(told.map((one) => one.words)) }));
  if (mine.length) {
    const theirs = new Set(quotations.flatMap((one) => tokensOf(face, one)));
    lines.push(said[compared(theirs, new Set(told.flatMap((one) => one.tokens)))]);
  }
  return lines;
}

/**
 * @param {Set<number>} mine
 * @param {Set<number>} ours
 */
function compared(mine, ours) {
  const both = [...mine].filter((token) => ours.has(token)).length;
  if (both === mine.size && both === ours.size) return "same";
  if (both === ours.size) return "more";
  if (both === mine.size) return "fewer";
  return both ? "some" : "other";
}

// @ts-check
// Why a value cannot be an answer, in a sentence for the learner who gave it. The twin of kinds/misread.py.

import { isRecord } from "./scoring.js";

/** @typedef {import("./shapes.js").Words} Words */

/** A value that cannot be an answer to its exercise; its sentence is for the learner. */
export class Misread extends Error {}

/**
 * @param {Words} words
 * @param {string} sentence
 * @param {Record<string, string>} parts
 */
export function misread(words, sentence, parts) {
  return new Misread(fill(words.misread[sentence], parts));
}

/**
 * Put `parts` in a sentence's {places}, in one pass, leaving all other braces alone.
 * @param {string} sentence
 * @param {Record<string, string | number>} parts
 */
export function fill(sentence, parts) {
  return sentence.replace(/\{([^}]*)\}/g, (...match) => filled(match, parts));
}

/**
 * @param {any[]} match
 * @param {Record<string, string | number>} parts
 * @returns {string}
 */
function filled([whole, name], parts) {
  if (Object.hasOwn(parts, name)) return String(parts[name]);
  // "{a {b}": the first brace opens nothing, the second may
  return whole[0] + fill(whole.slice(1), parts);
}

/**
 * @param {unknown} value
 * @param {Words} words
 * @returns {string}
 */
export function kindOf(value, words) {
  let kind = "other";
  if (value === null || value === undefined) kind = "nothing";
  else if (typeof value === "boolean") kind = "truth";
  else if (typeof value === "number") kind = "number";
  else if (typeof value === "string") kind = "text";
  else if (Array.isArray(value)) kind = "list";
  else if (isRecord(value)) kind = "record";
  return words.found[kind];
}

/**
 * @param {unknown} value
 * @param {Words} words
 */
export function short(value, words) {
  const text = typeof value === "string" ? value : kindOf(value, words);
  // 120 units hold at least 60 code points, and a pair cut at their end is never among the first 60.
  const points = [...text.slice(0, 121)].slice(0, 60);
  const shown = points.map((point) => (/^[\ud800-\udfff]$/.test(point) ? "\ufffd" : point)).join("");
  return points.length < 60 ? shown : `${shown}…`;
}

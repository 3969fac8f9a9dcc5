// @ts-check
// Whom a text credits with a quotation, and which lines it cites. The twin of crediting.py.

import { small, wordsOf } from "./quotations.js";

/** @typedef {import("./quotations.js").Quotation} Quotation */
/** @typedef {[string[], string[]][]} Names */
/** @typedef {{name: string, voices: string[], lines: [number, number][]}} Credit */

const CITED = /[Ll]ines?[ \u00a0]{1,3}([0-9]{1,5})(?:[ \u00a0]?(?:-|–|to|and)[ \u00a0]?([0-9]{1,5}))?/g;
const BEFORE = 14;
const AFTER = 6;
const STOPS = [". ", "! ", "? ", "\n"];

/**
 * Lines cited as "line 40", "lines 40-42" or "lines 40 to 42".
 * @param {string} text
 * @returns {[number, number][]}
 */
export function citedLines(text) {
  return [...text.matchAll(CITED)].map((match) => {
    const first = Number(match[1]);
    return [first, Math.max(first, Number(match[2] ?? first) || first)];
  });
}

/**
 * Who is credited with the quotation `found[place]`, and which lines are cited for it.
 * @param {string} text
 * @param {Quotation[]} found
 * @param {number} place
 * @param {Names} names
 * @param {string[]} verbs
 * @returns {Credit}
 */
export function creditOf(text, found, place, names, verbs) {
  const own = /** @type {Quotation} */ (found[place]);
  let low = found[place - 1]?.end ?? 0;
  const high = found[place + 1]?.start ?? text.length;
  if (place) low += bracketOf(text.slice(low, own.start)).length;
  const before = lastSentence(text.slice(low, own.start));
  const after = firstSentence(text.slice(own.end, high));
  const bracket = bracketOf(text.slice(own.end, high));
  const lines = [bracket, after, before].map(citedLines).find((cited) => cited.length) ?? [];
  const inside = named(bracket, names, verbs, false, AFTER);
  if (inside.name) return { name: inside.name, voices: inside.voices, lines };
  for (const one of [
    named(before, names, verbs, true, BEFORE),
    named(after.slice(bracket.length), names, verbs, false, AFTER),
  ]) {
    if (one.spoken) return { name: one.name, voices: one.voices, lines };
  }
  return { name: "", voices: [], lines };
}

/**
 * The bracket that a text begins with, if it does, and what stands before it.
 * @param {string} text
 */
function bracketOf(text) {
  const opened = text.indexOf("(");
  if (opened < 0 || /[^ .,\u00a0]/.test(text.slice(0, opened))) return "";
  const closed = text.indexOf(")", opened);
  return closed >= 0 && closed <= opened + 200 ? text.slice(0, closed + 1) : "";
}

/** @param {string} text */
function lastSentence(text) {
  const cut = Math.max(...STOPS.map((stop) => text.lastIndexOf(stop)));
  return cut >= 0 ? text.slice(cut + 1) : text;
}

/** @param {string} text */
function firstSentence(text) {
  const cuts = STOPS.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return cuts.length ? text.slice(0, Math.min(...cuts)) : text;
}

/**
 * The last name before a quotation or the first after it, and whether a verb of saying, or
 * “according to”, stands with it.
 * @param {string} text
 * @param {Names} names
 * @param {string[]} verbs
 * @param {boolean} before
 * @param {number} most
 */
function named(text, names, verbs, before, most) {
  const all = wordsOf(text);
  const held = before ? all.slice(-most) : all.slice(0, most);
  const folded = held.map((word) => plainWord(word[2]));
  const found = { name: "", voices: /** @type {string[]} */ ([]), spoken: false };
  let at = 0;
  while (at < held.length) {
    const [size, voices] = nameAt(folded, at, names);
    if (!size) {
      at += 1;
      continue;
    }
    const end = at + size;
    found.spoken =
      (before ? folded.slice(end) : folded).some((word) => verbs.includes(word)) ||
      folded.slice(Math.max(0, at - 3), at).includes("according");
    found.name = text.slice(held[at]?.[0], held[end - 1]?.[1]);
    found.voices = voices;
    if (!before) break;
    at = end;
  }
  return found;
}

/**
 * @param {string[]} folded
 * @param {number} at
 * @param {Names} names
 * @returns {[number, string[]]}
 */
function nameAt(folded, at, names) {
  for (const [name, voices] of names) {
    if (name.every((part, i) => folded[at + i] === part)) return [name.length, voices];
  }
  return [0, []];
}

/** @param {string} token */
function plainWord(token) {
  const folded = small(token);
  return folded.endsWith("'s") ? folded.slice(0, -2) : folded;
}

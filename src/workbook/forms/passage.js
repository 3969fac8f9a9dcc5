// @ts-check
// A passage's words on the page: laid out for reading, and addressed by code points as Python does.

import { chip, make, phrase } from "./dom.js";
import { locate } from "./scoring.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Token} Token */
/** @typedef {import("./shapes.js").Words} Words */

/**
 * The places where a line of the thread has to stay a line: a blank line, a list's next star, or a
 * line that is quoted.
 * Other line ends are only where the writer's screen was full.
 */
const BREAK = /\n[^\S\n]*\n\s*|\n(?=[^\S\n]*[*>])/g;

/**
 * The passage with its voice and the line of the thread it stands on.
 * @param {Face} face
 * @param {Words} words
 * @param {Node[]} content
 */
export function passageFigure(face, words, content) {
  const passage = face.passage;
  if (!passage) return null;
  const voice = passage.voice ?? face.voices.find((one) => one.id === passage.by);
  return make(
    "figure",
    { class: `wb-passage wb-voice-${voice?.colour ?? 0}` },
    make(
      "figcaption",
      { class: "wb-source" },
      voice ? chip(voice) : make("span", { class: "wb-chip" }, passage.by),
      make("span", { class: "wb-line" }, phrase(words, "line", { n: passage.line ?? 0 })),
    ),
    make("blockquote", {}, ...content),
  );
}

/**
 * @param {string} text
 * @returns {Node[]}
 */
export function withBreaks(text) {
  /** @type {Node[]} */
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(BREAK)) {
    nodes.push(document.createTextNode(text.slice(at, match.index)));
    nodes.push(make("span", { class: match[0].trim() || match[0].split("\n").length > 2 ? "wb-gap" : "wb-break" }, match[0]));
    at = match.index + match[0].length;
  }
  nodes.push(document.createTextNode(text.slice(at)));
  return nodes;
}

/**
 * Offsets in JavaScript's units for offsets in code points.
 * @param {string} text
 * @returns {number[]} for each code point, and for the end, its place in the string
 */
export function unitOffsets(text) {
  /** @type {number[]} */
  const places = [];
  let at = 0;
  for (const point of text) {
    places.push(at);
    at += point.length;
  }
  places.push(at);
  return places;
}

/**
 * @param {string} text
 * @param {Token[]} tokens
 * @returns {Token[]} the same tokens in JavaScript's units
 */
export function inUnits(text, tokens) {
  const places = unitOffsets(text);
  return tokens.map(([start, end, word]) => [places[start] ?? text.length, places[end] ?? text.length, word]);
}

const GAPS = /[\t\n\v\f\r \u00a0\u2007\u202f\u2028\u2029\u3000]+/g;

/**
 * The words of a passage from `start` to `end` on one line.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function onOneLine(text, start, end) {
  return text.slice(start, end).replace(GAPS, " ");
}

/**
 * The same words as a value, with as much before or after them as tells them from their likes.
 * @param {string} text
 * @param {Token[]} tokens  in code points
 * @param {Token[]} places  the same tokens in JavaScript's units
 * @param {number} start  in JavaScript's units
 * @param {number} end
 * @returns {string | {exact: string, prefix: string} | {exact: string, suffix: string}}
 */
export function quotationOf(text, tokens, places, start, end) {
  const exact = onOneLine(text, start, end);
  const isOnly = (prefix = "", suffix = "") => locate(text, tokens, exact, prefix, suffix)[1] === 1;
  if (isOnly()) return exact;
  for (const [from] of places.filter((token) => token[1] <= start).reverse()) {
    const prefix = onOneLine(text, from, start);
    if (isOnly(prefix)) return { exact, prefix };
  }
  for (const [, to] of places.filter((token) => token[0] >= end)) {
    const suffix = onOneLine(text, end, to);
    if (isOnly("", suffix)) return { exact, suffix };
  }
  return exact;
}

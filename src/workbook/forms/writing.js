// @ts-check
// A written answer read, and what is found in it. The twin of kinds/write.py.

import { fill, kindOf, misread } from "./misread.js";
import { MOST_QUOTATIONS, countWords, lookUp, outline, quotations, wordsOf } from "./quotations.js";
import { citedLines, creditOf } from "./crediting.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./quotations.js").Word} Word */
/** @typedef {import("./quotations.js").Found} Found */
/** @typedef {import("./quotations.js").Place} Place */
/** @typedef {import("./quotations.js").Quotation} Quotation */

const LONGEST_TEXT = 20_000;

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
export function readWriting(face, value, words) {
  if (typeof value !== "string") throw misread(words, "write type", { found: kindOf(value, words) });
  if (value.length > LONGEST_TEXT && [...value].length > LONGEST_TEXT) {
    throw misread(words, "write long", { most: String(LONGEST_TEXT) });
  }
  if (!wordsOf(value).length) throw misread(words, "write empty", {});
  return value;
}

/**
 * @param {Face} face
 * @param {Key} key
 * @param {any[]} answers
 * @param {Words} words
 * @returns {[string, boolean]}
 */
export function noteWriting(face, key, answers, words) {
  const found = writingFindings(face, key.write, String(answers.at(-1)), words.write);
  return [[...new Set(found)].join("\n"), true];
}

/**
 * A sentence each: the text's length, its quotations in order, its lines.
 * @param {Face} face
 * @param {any} key
 * @param {string} text
 * @param {any} said
 * @returns {string[]}
 */
function writingFindings(face, key, text, said) {
  const asked = face.words ?? { least: 1, most: LONGEST_TEXT };
  const count = countWords(text);
  const length = count < asked.least ? "short" : count > asked.most ? "long" : "count";
  const told = [fill(said[length], { n: count, least: asked.least, most: asked.most })];
  const held = face.sources.map((source) => wordsOf(source.text));
  const found = quotations(text);
  const looked = found.map((one) => (one.closed ? lookUp(one.words, face.sources, held) : null));
  const known = looked.filter((one) => one && one.level !== "empty").length;
  if (known < key.quotes) told.push(fill(said.quotes, { n: known, least: key.quotes }));
  found.forEach((one, place) => {
    const result = looked[place];
    if (!result) {
      told.push(fill(said.open, { quoted: outline(one.words) }));
      return;
    }
    told.push(...toldOf(face, key, one, result, held, said));
    if (result.places.length) told.push(...credited(face, key, text, found, place, result, held, said));
  });
  if (found.length === MOST_QUOTATIONS) told.push(fill(said.many, { n: MOST_QUOTATIONS }));
  const cited = citedLines(text);
  for (const [first, last] of key.cites) {
    const there = cited.some(([a, b]) => a <= last && b >= first);
    told.push(fill(there ? said.cited : said.cite, { line: shownLines([first, last]) }));
  }
  return told;
}

/**
 * Whether a quotation stands in the thread, and where.
 * @param {Face} face
 * @param {any} key
 * @param {Quotation} one
 * @param {Found} found
 * @param {Word[][]} held
 * @param {any} said
 * @returns {string[]}
 */
function toldOf(face, key, one, found, held, said) {
  if (found.near.length) {
    return found.near.map(([mine, theirs, ...place]) =>
      fill(said.near, {
        mine: outline(mine, 160),
        theirs: outline(theirs, 160),
        line: shownLines(linesAt(face, held, place)),
      }),
    );
  }
  /** @type {Record<string, string>} */
  const parts = { quoted: outline(one.words) };
  const [any] = found.places;
  if (any) {
    const inside = found.places.filter((place) => isAllowed(key, place));
    parts.line = shownLines(linesAt(face, held, inside[0] ?? any));
    if (!inside.length) return [fill(said.outside, { ...parts, where: key.where })];
  }
  return [fill(said[found.level], parts)];
}

/**
 * Whether a quotation that stands in the thread has the right voice and line beside it.
 * @param {Face} face
 * @param {any} key
 * @param {string} text
 * @param {Quotation[]} found
 * @param {number} place
 * @param {Found} result
 * @param {Word[][]} held
 * @param {any} said
 * @returns {string[]}
 */
function credited(face, key, text, found, place, result, held, said) {
  const told = [];
  const beside = creditOf(text, found, place, key.names, said.verbs);
  const lines = result.places.map((one) => linesAt(face, held, one));
  const parts = { quoted: outline(found[place]?.words ?? ""), line: shownLines(lines[0] ?? [0, 0]) };
  if (beside.voices.length) {
    const there = result.places.flatMap((one) => voicesAt(face, key, one));
    if (!beside.voices.some((voice) => there.includes(voice))) {
      told.push(fill(said.voice, { ...parts, name: outline(beside.name) }));
    }
  } else if (key.whose) {
    told.push(fill(said.whose, parts));
  }
  if (beside.lines.length && !beside.lines.some(([a, b]) => lines.some(([c, d]) => a <= d && b >= c))) {
    told.push(fill(said.line, { ...parts, cited: outline(beside.lines.map(shownLines).join(", ")) }));
  }
  return told;
}

/**
 * @param {any} key
 * @param {Place} place
 */
function isAllowed(key, [source, first, last]) {
  return !key.from.length || key.from.some((/** @type {Place} */ [s, a, b]) => s === source && first >= a && last <= b);
}

/**
 * @param {Face} face
 * @param {any} key
 * @param {Place} place
 * @returns {string[]}
 */
function voicesAt(face, key, [source, first, last]) {
  const behind = key.places.filter(
    (/** @type {[number, number, number, string[]]} */ [s, a, b]) => s === source && a <= last && b >= first,
  );
  return [face.sources[source]?.voice.id ?? "", ...behind.flatMap((/** @type {any[]} */ one) => one[3])];
}

/**
 * @param {Face} face
 * @param {Word[][]} held
 * @param {Place} place
 * @returns {[number, number]}
 */
function linesAt(face, held, [source, first, last]) {
  const { text = "", line = 0 } = face.sources[source] ?? {};
  const lineOf = (/** @type {number} */ word) =>
    line + text.slice(0, held[source]?.[word]?.[0] ?? 0).split("\n").length - 1;
  return [lineOf(first), lineOf(last)];
}

/** @param {[number, number]} lines */
function shownLines([first, last]) {
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}

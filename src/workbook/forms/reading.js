// @ts-check
// A learner's value read as an answer, or a sentence on why it is none. The twin of the `read` of
// every kind in kinds/: the same sentences, the same order.

import { kindOf, misread, short } from "./misread.js";
import { readColumn, readRating } from "./rating.js";
import { isRecord, locate } from "./scoring.js";
import { readProvenance } from "./tracing.js";
import { readMatrix } from "./weighing.js";
import { readWriting } from "./writing.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Words} Words */

const LONGEST = 2_000;
/** Up to here both languages write and compare whole numbers alike. */
const LARGEST = 1e15;
const MARK_PARTS = ["exact", "prefix", "suffix"];

/**
 * The answer in `value` as scoring compares it; throws Misread with a sentence that helps.
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 * @returns {any}
 */
export function readAnswer(face, value, words) {
  return READERS[face.kind](face, value, words);
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readChoice(face, value, words) {
  const known = face.options.map((option) => option.id);
  if (typeof value !== "string") throw misread(words, "choice type", { found: kindOf(value, words) });
  if (!known.includes(value)) {
    throw misread(words, "choice unknown", { found: short(value, words), known: known.join(", ") });
  }
  return value;
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readMark(face, value, words) {
  /** @type {unknown[]} */
  let parts = [value, "", ""];
  if (isRecord(value) && Object.keys(value).every((name) => MARK_PARTS.includes(name))) {
    parts = MARK_PARTS.map((name) => (Object.hasOwn(value, name) ? value[name] : name === "exact" ? null : ""));
  }
  if (!isTexts(parts)) throw misread(words, "mark type", { found: kindOf(value, words) });
  const [exact = "", prefix, suffix] = parts;
  const passage = face.passage;
  if (!passage) throw new Error(`${face.id}: nothing to mark in`);
  const most = LONGEST + [...passage.text].length;
  if (parts.some((part) => isLong(part, most))) throw misread(words, "mark absent", { found: short(exact, words) });
  const [marked, places] = locate(passage.text, passage.tokens, exact, prefix, suffix);
  if (places !== 1) {
    throw misread(words, places ? "mark repeated" : "mark absent", { found: short(exact, words) });
  }
  if (!marked.length) throw misread(words, "mark nothing", { found: short(exact, words) });
  return marked;
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readChain(face, value, words) {
  const known = face.voices.map((voice) => voice.id);
  if (!Array.isArray(value)) throw misread(words, "chain type", { found: kindOf(value, words) });
  const most = 2 * known.length;
  if (value.length > most) {
    throw misread(words, "chain long", { count: String(value.length), most: String(most) });
  }
  value.forEach((voice, i) => {
    if (typeof voice !== "string") {
      throw misread(words, "chain item", { place: String(i + 1), found: kindOf(voice, words) });
    }
    if (!known.includes(voice)) {
      throw misread(words, "chain unknown", { found: short(voice, words), known: known.join(", ") });
    }
  });
  return value;
}

/**
 * @param {string} name
 * @param {string[]} rows
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readRows(name, rows, face, value, words) {
  const known = face.values.map((one) => one.id);
  if (!isRecord(value)) throw misread(words, `${name} type`, { found: kindOf(value, words) });
  for (const [row, chosen] of Object.entries(value)) {
    if (!rows.includes(row)) {
      throw misread(words, `${name} row`, { found: short(row, words), known: rows.join(", ") });
    }
    if (typeof chosen !== "string" || !known.includes(chosen)) {
      const found = typeof chosen === "string" ? `“${short(chosen, words)}”` : kindOf(chosen, words);
      throw misread(words, `${name} value`, { row, found, known: known.join(", ") });
    }
  }
  const missing = rows.filter((row) => !Object.hasOwn(value, row));
  if (missing.length) throw misread(words, `${name} missing`, { missing: missing.join(", ") });
  return Object.fromEntries(rows.map((row) => [row, value[row]]));
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readCertainty(face, value, words) {
  return readRows("certainty", face.voices.map((voice) => voice.id), face, value, words);
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readGrid(face, value, words) {
  return readRows("grid", face.rows.map((row) => row.id), face, value, words);
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readChoices(face, value, words) {
  const chosen = readList("choices", face, value, words);
  return face.options.map((option) => option.id).filter((id) => chosen.includes(id));
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readOrder(face, value, words) {
  const order = readList("order", face, value, words);
  const missing = face.options.map((option) => option.id).filter((id) => !order.includes(id));
  if (missing.length) throw misread(words, "order missing", { missing: missing.join(", ") });
  return order;
}

/**
 * Some of the options' ids, each at most once.
 * @param {string} name
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 * @returns {string[]}
 */
function readList(name, face, value, words) {
  const known = face.options.map((option) => option.id);
  if (!Array.isArray(value)) throw misread(words, `${name} type`, { found: kindOf(value, words) });
  if (value.length > known.length) {
    throw misread(words, `${name} long`, { count: String(value.length), most: String(known.length) });
  }
  value.forEach((one, i) => {
    if (typeof one !== "string") {
      throw misread(words, `${name} item`, { place: String(i + 1), found: kindOf(one, words) });
    }
    if (!known.includes(one)) {
      throw misread(words, `${name} unknown`, { found: short(one, words), known: known.join(", ") });
    }
    if (value.indexOf(one) < i) throw misread(words, `${name} twice`, { found: one });
  });
  return value;
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readNumber(face, value, words) {
  if (typeof value !== "number") throw misread(words, "number type", { found: kindOf(value, words) });
  if (!(Math.abs(value) <= LARGEST)) throw misread(words, "number size", {});
  return value;
}

const READERS = {
  choice: readChoice,
  choices: readChoices,
  mark: readMark,
  chain: readChain,
  order: readOrder,
  certainty: readCertainty,
  classify: readGrid,
  drift: readGrid,
  number: readNumber,
  matrix: readMatrix,
  provenance: readProvenance,
  write: readWriting,
  rate: readRating,
  column: readColumn,
};

/**
 * @param {unknown[]} parts
 * @returns {parts is string[]}
 */
function isTexts(parts) {
  return parts.every((part) => typeof part === "string");
}

/**
 * @param {string} text
 * @param {number} most  code points
 */
function isLong(text, most) {
  // Only a text with more units than that can have more code points.
  return text.length > most && [...text].length > most;
}

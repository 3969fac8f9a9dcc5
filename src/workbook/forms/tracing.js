// @ts-check
// Accounts traced to what they rest on: read, and what it is worth. The twin of kinds/provenance.py
// and kinds/tracing.py.

import { fill, kindOf, misread, short } from "./misread.js";
import { isRecord, sameValue } from "./scoring.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Reading} Reading */
/** @typedef {import("./shapes.js").Mistake} Mistake */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {Record<string, string[]>} Depends */

const TRACING_PARTS = ["depends", "lines"];

/**
 * All that an account rests on, directly or through others.
 * @param {string} name
 * @param {Depends} depends
 * @returns {Set<string>}
 */
export function above(name, depends) {
  /** @type {Set<string>} */
  const found = new Set();
  const left = [...(depends[name] ?? [])];
  while (left.length) {
    const one = left.pop();
    if (one === undefined || found.has(one)) continue;
    found.add(one);
    left.push(...(depends[one] ?? []));
  }
  return found;
}

/**
 * The accounts that rest on themselves in the end, which nothing can.
 * @param {Depends} depends
 */
export function circles(depends) {
  return Object.keys(depends).filter((name) => above(name, depends).has(name));
}

/**
 * How many separate lines the accounts make: two that share anything are one line.
 * @param {Depends} depends
 */
function separateLines(depends) {
  /** @type {Set<string>[]} */
  let groups = [];
  for (const name of Object.keys(depends)) {
    const whole = above(name, depends).add(name);
    const shares = (/** @type {Set<string>} */ group) => [...group].some((one) => whole.has(one));
    const joined = groups.filter(shares);
    groups = groups.filter((group) => !joined.includes(group));
    groups.push(new Set([...joined.flatMap((group) => [...group]), ...whole]));
  }
  return groups.length;
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 * @returns {{depends: Depends, lines: number}}
 */
export function readProvenance(face, value, words) {
  if (!isRecord(value)) throw misread(words, "provenance type", { found: kindOf(value, words) });
  for (const part of Object.keys(value)) {
    if (!TRACING_PARTS.includes(part)) throw misread(words, "provenance part", { found: short(part, words) });
  }
  for (const part of TRACING_PARTS) {
    if (!Object.hasOwn(value, part)) throw misread(words, "provenance both", { part });
  }
  return { depends: readDepends(face, value.depends, words), lines: readLines(face, value.lines, words) };
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 * @returns {Depends}
 */
function readDepends(face, value, words) {
  const rows = face.rows.map((row) => row.id);
  const known = [...face.rows, ...face.options].map((one) => one.id);
  if (!isRecord(value)) throw misread(words, "provenance depends", { found: kindOf(value, words) });
  for (const [row, parents] of Object.entries(value)) {
    if (!rows.includes(row)) {
      throw misread(words, "provenance row", { found: short(row, words), known: rows.join(", ") });
    }
    if (!Array.isArray(parents)) throw misread(words, "provenance list", { row, found: kindOf(parents, words) });
    if (parents.length > known.length) throw misread(words, "provenance long", { row, most: String(known.length) });
    parents.forEach((parent, place) => {
      if (typeof parent !== "string") throw misread(words, "provenance item", { row, found: kindOf(parent, words) });
      if (!known.includes(parent)) {
        throw misread(words, "provenance unknown", { found: short(parent, words), known: known.join(", ") });
      }
      if (parent === row) throw misread(words, "provenance itself", { row });
      if (parents.indexOf(parent) < place) throw misread(words, "provenance twice", { row, found: parent });
    });
  }
  const missing = rows.filter((row) => !Object.hasOwn(value, row));
  if (missing.length) throw misread(words, "provenance missing", { missing: missing.join(", ") });
  /** @type {Depends} */
  const depends = {};
  for (const row of rows) {
    const parents = /** @type {string[]} */ (value[row]);
    depends[row] = known.filter((one) => parents.includes(one));
  }
  const turning = circles(depends);
  if (turning.length) throw misread(words, "provenance circle", { rows: turning.join(", ") });
  return depends;
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 * @returns {number}
 */
function readLines(face, value, words) {
  const most = face.rows.length;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > most) {
    throw misread(words, "provenance lines", { found: kindOf(value, words), most: String(most) });
  }
  return value;
}

/**
 * The share that stands of all rows and the count, which is worth one row.
 * @param {Reading} reading
 * @param {{depends: Depends, lines: number}} answer
 * @param {Words} words
 * @returns {[number, string]}
 */
export function scoreProvenance(reading, answer, words) {
  const wanted = reading.answer;
  const rows = Object.keys(answer.depends);
  const own = separateLines(answer.depends);
  let part = fill(words.provenance.tree, { rows: rows.length, lines: own });
  if (answer.lines !== own) part += ` ${fill(words.provenance.counted, { count: answer.lines })}`;
  const right = rows.filter((row) => sameValue(answer.depends[row], wanted.depends[row])).length;
  const score = (right + (answer.lines === wanted.lines ? 1 : 0)) / (rows.length + 1);
  const stand = fill(words.parts.grid, { right, all: rows.length });
  return [score, score === 1 ? part : `${stand} ${part}`];
}

/**
 * @param {Mistake} mistake
 * @param {{depends: Depends, lines: number}} answer
 */
export function makesProvenance(mistake, answer) {
  const made = mistake.answer;
  const rows = Object.entries(made.depends);
  const rests = rows.every(([row, parents]) => sameValue(answer.depends[row], parents));
  return rests && (made.lines ?? answer.lines) === answer.lines;
}

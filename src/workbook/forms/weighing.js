// @ts-check
// A matrix of explanations and findings: read, and what it shows. The twin of kinds/matrix.py and
// kinds/weighing.py.

import { fill, kindOf, misread, short } from "./misread.js";
import { isRecord } from "./scoring.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {Record<string, Record<string, string>>} Cells */
/** @typedef {Record<string, number>} Shares */

const MATRIX_STEPS = ["before", "cells", "opposite", "after"];
const SHARED = 100;
const MOST_SIGNS = 2_000;

/**
 * @param {Face} face
 * @param {unknown} value
 * @returns {string | null}
 */
export function matrixStage(face, value) {
  if (!isRecord(value) || !face.shares) return null;
  if (!Object.hasOwn(value, "cells")) return "before";
  return Object.hasOwn(value, "after") ? "after" : null;
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 * @returns {Record<string, any>}
 */
export function readMatrix(face, value, words) {
  if (!isRecord(value)) throw misread(words, "matrix type", { found: kindOf(value, words) });
  const known = face.shares ? MATRIX_STEPS : ["cells"];
  for (const part of Object.keys(value)) {
    if (!known.includes(part)) {
      throw misread(words, "matrix part", { found: short(part, words), known: known.join(", ") });
    }
  }
  const late = ["opposite", "after"].filter((part) => Object.hasOwn(value, part));
  if (face.shares && !Object.hasOwn(value, "before")) throw misread(words, "matrix first", {});
  if (late.length && !Object.hasOwn(value, "cells")) throw misread(words, "matrix cells first", {});
  if (late.length === 1) throw misread(words, "matrix both", { part: late[0] ?? "" });
  /** @type {Record<string, any>} */
  const read = {};
  for (const part of MATRIX_STEPS) {
    if (!Object.hasOwn(value, part)) continue;
    if (part === "cells") read.cells = readCells(face, value.cells, words);
    else if (part === "opposite") read.opposite = readOpposite(value.opposite, words);
    else read[part] = readShares(face, part, value[part], words);
  }
  return read;
}

/**
 * @param {Face} face
 * @param {string} part
 * @param {unknown} value
 * @param {Words} words
 * @returns {Shares}
 */
function readShares(face, part, value, words) {
  const rows = face.rows.map((row) => row.id);
  if (!isRecord(value)) throw misread(words, "matrix shares type", { part, found: kindOf(value, words) });
  for (const [row, share] of Object.entries(value)) {
    if (!rows.includes(row)) {
      throw misread(words, "matrix row", { found: short(row, words), known: rows.join(", ") });
    }
    if (typeof share !== "number" || !(share >= 0 && share <= SHARED) || !Number.isInteger(share)) {
      throw misread(words, "matrix shares value", { row, found: kindOf(share, words) });
    }
  }
  const missing = rows.filter((row) => !Object.hasOwn(value, row));
  if (missing.length) throw misread(words, "matrix shares missing", { part, missing: missing.join(", ") });
  // `+ 0` makes an ordinary nought of -0
  const shares = Object.fromEntries(rows.map((row) => [row, Number(value[row]) + 0]));
  const sum = Object.values(shares).reduce((all, one) => all + one, 0);
  if (sum !== SHARED) throw misread(words, "matrix shares sum", { part, sum: String(sum) });
  return shares;
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 * @returns {Cells}
 */
function readCells(face, value, words) {
  const rows = face.rows.map((row) => row.id);
  const columns = (face.columns ?? []).map((column) => column.id);
  const known = face.values.map((one) => one.id);
  if (!isRecord(value)) throw misread(words, "matrix cells type", { found: kindOf(value, words) });
  for (const [row, cells] of Object.entries(value)) {
    if (!rows.includes(row)) {
      throw misread(words, "matrix row", { found: short(row, words), known: rows.join(", ") });
    }
    if (!isRecord(cells)) throw misread(words, "matrix row type", { row, found: kindOf(cells, words) });
    for (const [column, cell] of Object.entries(cells)) {
      if (!columns.includes(column)) {
        throw misread(words, "matrix column", { found: short(column, words), known: columns.join(", ") });
      }
      if (typeof cell !== "string" || !known.includes(cell)) {
        const found = typeof cell === "string" ? `“${short(cell, words)}”` : kindOf(cell, words);
        throw misread(words, "matrix value", { row, column, found, known: known.join(", ") });
      }
    }
  }
  const missing = rows.filter((row) => !Object.hasOwn(value, row));
  if (missing.length) throw misread(words, "matrix rows missing", { missing: missing.join(", ") });
  /** @type {Cells} */
  const read = {};
  for (const row of rows) {
    const cells = /** @type {Record<string, string>} */ (value[row]);
    const open = columns.filter((column) => !Object.hasOwn(cells, column));
    if (open.length) throw misread(words, "matrix cells missing", { row, missing: open.join(", ") });
    read[row] = Object.fromEntries(columns.map((column) => [column, cells[column] ?? ""]));
  }
  return read;
}

/**
 * @param {unknown} value
 * @param {Words} words
 * @returns {string}
 */
function readOpposite(value, words) {
  if (typeof value !== "string" || !/[^ \t\r\n]/.test(value)) {
    throw misread(words, "matrix opposite", { found: kindOf(value, words) });
  }
  if (value.length > MOST_SIGNS && [...value].length > MOST_SIGNS) {
    throw misread(words, "matrix opposite long", { most: String(MOST_SIGNS) });
  }
  return value;
}

/**
 * How well a finding tells the explanations apart; "cannot tell" says nothing either way.
 * @param {Cells} cells
 * @param {string} finding
 * @returns {"apart" | "leans" | "flat"}
 */
export function sorting(cells, finding) {
  const said = new Set(Object.values(cells).map((row) => row[finding]));
  said.delete("cannot tell");
  if (said.size < 2) return "flat";
  return said.has("inconsistent") ? "apart" : "leans";
}

/**
 * For each explanation, how many findings speak against it.
 * @param {Cells} cells
 * @returns {Record<string, number>}
 */
function against(cells) {
  return Object.fromEntries(
    Object.entries(cells).map(([name, row]) => [name, Object.values(row).filter((one) => one === "inconsistent").length]),
  );
}

/** @param {Record<string, number>} marks */
function foremost(marks) {
  const least = Math.min(...Object.values(marks));
  return Object.keys(marks).filter((name) => marks[name] === least);
}

/**
 * The marks on each of which alone it hangs which explanations have the fewest against them.
 * @param {Cells} cells
 * @returns {[string, string][]}
 */
function deciding(cells) {
  const marks = against(cells);
  const ahead = foremost(marks).join();
  return Object.entries(cells).flatMap(([name, row]) =>
    Object.keys(row)
      .filter((finding) => row[finding] === "inconsistent")
      .filter(() => foremost({ ...marks, [name]: (marks[name] ?? 0) - 1 }).join() !== ahead)
      .map((finding) => /** @type {[string, string]} */ ([name, finding])),
  );
}

/**
 * @param {Face} face
 * @param {Key} key
 * @param {any[]} answers
 * @param {Words} words
 * @returns {[string, boolean]}
 */
export function noteMatrix(face, key, answers, words) {
  const said = words.matrix;
  const answer = answers.at(-1);
  if (!answer.cells) return [said.begun, false];
  const lines = matrixShows(face, answer.cells, words);
  if (face.shares && !answer.after) return [[...lines, said["go on"]].join("\n"), false];
  if (face.shares) lines.push(moved(face, answer.before, answer.after, words));
  return [[...lines, beside(face, key, answer.cells, words)].join("\n"), true];
}

/**
 * What the cells show: which findings sort, what speaks against what, and what it hangs on.
 * @param {Face} face
 * @param {Cells} cells
 * @param {Words} words
 */
function matrixShows(face, cells, words) {
  const said = words.matrix;
  const rows = labelsOf(face.rows);
  const columns = labelsOf(face.columns ?? []);
  const lines = [];
  for (const how of ["apart", "leans", "flat"]) {
    const named = Object.keys(columns).filter((name) => sorting(cells, name) === how);
    const findings = named.map((name) => columns[name]).join(said.and);
    if (named.length) lines.push(fill(said[how], { findings }));
  }
  const marks = against(cells);
  if (!Object.values(marks).some((count) => count)) return [...lines, said["no marks"]];
  const counted = Object.entries(marks).map(([name, count]) => `${rows[name]} ${count}`);
  lines.push(fill(said.marks, { counted: counted.join("; ") }));
  const ahead = foremost(marks).map((name) => rows[name]);
  lines.push(ahead.length < face.rows.length ? fill(said.fewest, { ahead: ahead.join(said.and) }) : said.tied);
  const hang = deciding(cells).map(([name, finding]) => `${rows[name]} × ${columns[finding]}`);
  lines.push(hang.length ? fill(said.hangs, { cells: hang.join("; ") }) : said.stands);
  return lines;
}

/**
 * @param {Face} face
 * @param {Shares} before
 * @param {Shares} after
 * @param {Words} words
 * @returns {string}
 */
function moved(face, before, after, words) {
  const changed = face.rows.filter(({ id }) => before[id] !== after[id]);
  if (!changed.length) return words.matrix.stayed;
  const steps = changed.map(({ id, label }) => `${label} ${before[id]} → ${after[id]}`);
  const points = changed.reduce((all, { id }) => all + Math.abs((after[id] ?? 0) - (before[id] ?? 0)), 0) / 2;
  return fill(words.matrix.moved, { points, steps: steps.join("; ") });
}

/**
 * Where the learner's cells lie outside what the workbook would defend.
 * @param {Face} face
 * @param {Key} key
 * @param {Cells} cells
 * @param {Words} words
 * @returns {string}
 */
function beside(face, key, cells, words) {
  const columns = face.columns ?? [];
  const other = face.rows.flatMap((row) =>
    columns
      .filter((column) => !key.defended?.[row.id]?.[column.id]?.includes(cells[row.id]?.[column.id] ?? ""))
      .map((column) => `${row.label} × ${column.label}`),
  );
  const all = face.rows.length * columns.length;
  const line = fill(words.matrix.beside, { same: all - other.length, all });
  return other.length ? `${line} ${fill(words.matrix.elsewhere, { cells: other.join("; ") })}` : line;
}

/**
 * @param {{id: string, label: string}[]} named
 * @returns {Record<string, string>}
 */
function labelsOf(named) {
  return Object.fromEntries(named.map((one) => [one.id, one.label]));
}

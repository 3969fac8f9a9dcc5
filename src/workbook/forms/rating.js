// @ts-check
// Ratings on the dials: read, told by stage, and what is found in them. The twin of kinds/rate.py,
// kinds/column.py and kinds/dials.py.

import { DIALS, NO_FIND, UNKNOWN, compareFinds, ruleSteps } from "./evidence.js";
import { asHead, asItem } from "./layout.js";
import { fill, kindOf, misread, short } from "./misread.js";
import { isRecord } from "./scoring.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./shapes.js").Reveal} Reveal */
/** @typedef {number | "N"} Level */
/** @typedef {Record<string, string>} Labels */

export const BLIND_DIALS = ["fit", "faithfulness"];
const RATE_PARTS = [...DIALS, "because", "confidence"];
const LEVELS = [0, 1, 2, 3, UNKNOWN];
const LEAST_SURE = 50;
const SUREST = 100;
const MOST_REASON = 2_000;
/** Up to here both languages write whole numbers alike. */
const LARGEST_WHOLE = 1e15;

/**
 * @param {Face} face
 * @param {unknown} value
 * @returns {string | null}
 */
export function rateStage(face, value) {
  if (!isRecord(value)) return null;
  const parts = Object.keys(value);
  return parts.length === BLIND_DIALS.length && BLIND_DIALS.every((dial) => parts.includes(dial)) ? "blind" : "revealed";
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 * @returns {Record<string, any>}
 */
export function readRating(face, value, words) {
  if (!isRecord(value)) throw misread(words, "rate type", { found: kindOf(value, words) });
  const parts = Object.keys(value);
  for (const part of parts) {
    if (part !== "find" && !RATE_PARTS.includes(part)) {
      throw misread(words, "rate part", { found: short(part, words), known: RATE_PARTS.join(", ") });
    }
  }
  const blind = parts.every((part) => BLIND_DIALS.includes(part));
  const missing = (blind ? BLIND_DIALS : RATE_PARTS).filter((part) => !parts.includes(part));
  if (missing.length) {
    throw misread(words, blind ? "rate blind missing" : "rate missing", { missing: missing.join(", ") });
  }
  /** @type {Record<string, any>} */
  const read = {};
  for (const dial of DIALS) if (parts.includes(dial)) read[dial] = readLevel(value[dial], dial, words);
  if (blind) return read;
  read.because = readReason(value.because, words);
  read.confidence = readSure(value.confidence, words);
  if (parts.includes("find")) read.find = readFind(face, value.find, words);
  return read;
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 * @returns {Record<string, Level>}
 */
export function readColumn(face, value, words) {
  const rows = face.rows.map((row) => row.id);
  if (!isRecord(value)) throw misread(words, "column type", { found: kindOf(value, words) });
  for (const name of Object.keys(value)) {
    if (!rows.includes(name)) throw misread(words, "column row", { found: short(name, words), known: rows.join(", ") });
  }
  const missing = rows.filter((name) => !Object.hasOwn(value, name));
  if (missing.length) throw misread(words, "column missing", { missing: missing.join(", ") });
  return Object.fromEntries(rows.map((name) => [name, readLevel(value[name], name, words)]));
}

/**
 * @param {unknown} value
 * @param {string} name
 * @param {Words} words
 * @returns {Level}
 */
function readLevel(value, name, words) {
  if (value === UNKNOWN) return UNKNOWN;
  // `+ 0` makes an ordinary nought of -0
  if (typeof value === "number" && LEVELS.includes(value)) return value + 0;
  throw misread(words, "rate level", { name, found: tellValue(value, words) });
}

/**
 * @param {unknown} value
 * @param {Words} words
 */
function tellValue(value, words) {
  if (typeof value === "string") return `“${short(value, words)}”`;
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) < LARGEST_WHOLE) return String(value);
  return kindOf(value, words);
}

/**
 * @param {unknown} value
 * @param {Words} words
 */
function readReason(value, words) {
  if (typeof value !== "string" || !/[^ \t\r\n]/.test(value)) {
    throw misread(words, "rate because", { found: kindOf(value, words) });
  }
  if (value.length > MOST_REASON && [...value].length > MOST_REASON) {
    throw misread(words, "rate because long", { most: String(MOST_REASON) });
  }
  return value;
}

/**
 * @param {unknown} value
 * @param {Words} words
 */
function readSure(value, words) {
  if (typeof value === "number" && Number.isInteger(value) && value >= LEAST_SURE && value <= SUREST) return value;
  throw misread(words, "rate confidence", { found: tellValue(value, words) });
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readFind(face, value, words) {
  const known = (face.finds ?? []).map((find) => find.id);
  if (!known.length) throw misread(words, "rate no find", {});
  known.push(NO_FIND);
  if (typeof value !== "string" || !known.includes(value)) {
    throw misread(words, "rate find", { found: tellValue(value, words), known: known.join(", ") });
  }
  return value;
}

/**
 * @param {Face} face
 * @param {Key} key
 * @param {any[]} answers
 * @param {Words} words
 * @returns {[string, boolean]}
 */
export function noteRating(face, key, answers, words) {
  const said = words.rating;
  const answer = answers.at(-1);
  const dials = face.dials ?? [];
  const labels = Object.fromEntries(dials.map((dial) => [dial.id, dial.label]));
  const first = answers.find((one) => !("because" in one));
  if (!("because" in answer)) {
    const levels = BLIND_DIALS.map((dial) => `${labels[dial]} ${answer[dial]}`).join(said.and);
    return [[fill(said.begun, { levels }), ...voicesInWords(face.reveal, words), said["go on"]].join("\n"), false];
  }
  const profile = Object.fromEntries(DIALS.map((dial) => [dial, answer[dial]]));
  const steps = ruleSteps(profile, dials, words);
  const lines = movedLines(first, answer, labels, words);
  lines.push(fill(said.confidence, { n: answer.confidence }), besideLine(profile, key, labels, words));
  lines.push(asHead(said.rule), ...steps.slice(0, -1).map(asItem), ...steps.slice(-1));
  const finds = key.finds ?? [];
  if (finds.length) {
    const told = compareFinds(profile, finds, answer.find ?? "", words);
    lines.push(asHead(said.finds), ...told.slice(0, finds.length).map(asItem), ...told.slice(finds.length));
  }
  const found = classLines(key, labels, words);
  if (found.length) lines.push(asHead(said["class head"]), ...found);
  return [lines.join("\n"), true];
}

/**
 * What is revealed, in sentences.
 * @param {Reveal | null | undefined} reveal
 * @param {Words} words
 * @returns {string[]}
 */
export function voicesInWords(reveal, words) {
  if (!reveal) return [];
  const said = words.rating;
  const lines = [fill(said.posted, { voice: reveal.voice.label, line: reveal.line })];
  for (const name of /** @type {const} */ (["chain", "reconstructed"])) {
    const chain = reveal[name].map((voice) => voice.label).join(said.then);
    if (chain) lines.push(fill(said[name], { chain }));
  }
  return lines;
}

/**
 * @param {any} first
 * @param {any} answer
 * @param {Labels} labels
 * @param {Words} words
 * @returns {string[]}
 */
function movedLines(first, answer, labels, words) {
  if (!first) return [words.rating["no first"]];
  if (BLIND_DIALS.every((dial) => first[dial] === answer[dial])) return [words.rating["stayed both"]];
  return BLIND_DIALS.map((dial) => {
    const parts = { label: labels[dial] ?? dial, before: first[dial], after: answer[dial] };
    return fill(words.rating[first[dial] === answer[dial] ? "stayed" : "moved"], parts);
  });
}

/**
 * @param {Face} face
 * @param {Key} key
 * @param {any[]} answers
 * @param {Words} words
 * @returns {[string, boolean]}
 */
export function noteColumn(face, key, answers, words) {
  const said = words.rating;
  const answer = answers.at(-1);
  const labels = Object.fromEntries(face.rows.map((row) => [row.id, row.label]));
  const used = LEVELS.filter((level) => Object.values(answer).includes(level));
  const lines = used.map((level) => {
    const passages = face.rows.filter((row) => answer[row.id] === level).map((row) => row.label);
    return asItem(fill(said["at level"], { level: String(level), passages: passages.join(said.and) }));
  });
  if (used.length === 1 && used[0] !== UNKNOWN) lines.push(said["one level"]);
  return [[...lines, besideLine(answer, key, labels, words), ...classLines(key, labels, words)].join("\n"), true];
}

/**
 * Where a learner's levels lie outside what the workbook would defend.
 * @param {Record<string, Level>} levels
 * @param {Key} key
 * @param {Labels} labels
 * @param {Words} words
 */
function besideLine(levels, key, labels, words) {
  const said = words.rating;
  const names = Object.keys(labels);
  const other = names.filter((name) => {
    const [level, ends] = [levels[name], key.reading?.[name]];
    if (!ends || level === undefined) return true;
    return level === "N" ? !ends.unknown : !(ends.low <= level && level <= ends.high);
  });
  const line = fill(said.beside, { same: names.length - other.length, all: names.length });
  if (!other.length) return line;
  return `${line} ${fill(said.elsewhere, { labels: other.map((name) => labels[name]).join(said.and) })}`;
}

/**
 * How a class rated, where the key came with a class's ratings.
 * @param {Key} key
 * @param {Labels} labels
 * @param {Words} words
 * @returns {string[]}
 */
function classLines(key, labels, words) {
  const found = key.class;
  if (!found) return [];
  const said = words.rating;
  const lines = [fill(said[found.simulated ? "class simulated" : "class"], { raters: found.raters })];
  for (const [name, label] of Object.entries(labels)) {
    const counts = found.dials[name] ?? {};
    const given = LEVELS.filter((level) => counts[String(level)]).map((level) =>
      fill(said.count, { level: String(level), n: counts[String(level)] ?? 0 }),
    );
    if (given.length) lines.push(asItem(fill(said.counts, { label, counts: given.join(said.and) })));
  }
  return lines;
}

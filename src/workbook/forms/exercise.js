// @ts-check
// From a learner's answers to feedback. The twin of judging.py: the same sentences, the same order.

import {
  TRY_FACTORS,
  certaintyScore,
  chainScore,
  isRecord,
  locate,
  markScore,
  points,
  sameValue,
} from "./scoring.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Reading} Reading */
/** @typedef {import("./shapes.js").Mistake} Mistake */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./shapes.js").Feedback} Feedback */
/** @typedef {[number, string, Reading | null]} Scored */

const LONGEST = 2_000;
const MARK_PARTS = ["exact", "prefix", "suffix"];

/** A value that cannot be an answer to its exercise; its sentence is for the learner. */
export class Misread extends Error {}

/**
 * Whether a value is no answer at all: nothing, or an empty text, list or record.
 * @param {unknown} value
 */
export function isBlank(value) {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

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
  if (parts.some(isLong)) throw misread(words, "mark absent", { found: short(exact, words) });
  const passage = face.passage;
  if (!passage) throw new Error(`${face.id}: nothing to mark in`);
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
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function readCertainty(face, value, words) {
  const rows = face.voices.map((voice) => voice.id);
  const known = face.values.map((one) => one.id);
  if (!isRecord(value)) throw misread(words, "certainty type", { found: kindOf(value, words) });
  for (const [voice, certainty] of Object.entries(value)) {
    if (!rows.includes(voice)) {
      throw misread(words, "certainty row", { found: short(voice, words), known: rows.join(", ") });
    }
    if (typeof certainty !== "string" || !known.includes(certainty)) {
      const found = typeof certainty === "string" ? `“${short(certainty, words)}”` : kindOf(certainty, words);
      throw misread(words, "certainty value", { row: voice, found, known: known.join(", ") });
    }
  }
  const missing = rows.filter((voice) => !Object.hasOwn(value, voice));
  if (missing.length) throw misread(words, "certainty missing", { missing: missing.join(", ") });
  return Object.fromEntries(rows.map((voice) => [voice, value[voice]]));
}

const READERS = { choice: readChoice, mark: readMark, chain: readChain, certainty: readCertainty };

/**
 * @param {Words} words
 * @param {string} sentence
 * @param {Record<string, string>} parts
 */
function misread(words, sentence, parts) {
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
function kindOf(value, words) {
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
 * @param {unknown[]} parts
 * @returns {parts is string[]}
 */
function isTexts(parts) {
  return parts.every((part) => typeof part === "string");
}

/** @param {string} text */
function isLong(text) {
  // Only a text with more units than that can have more code points.
  return text.length > LONGEST && [...text].length > LONGEST;
}

/**
 * @param {unknown} value
 * @param {Words} words
 */
function short(value, words) {
  const text = typeof value === "string" ? value : kindOf(value, words);
  // 120 units hold at least 60 code points, and a pair cut at their end is never among the first 60.
  const points = [...text.slice(0, 121)].slice(0, 60);
  const shown = points.map((point) => (/^[\ud800-\udfff]$/.test(point) ? "\ufffd" : point)).join("");
  return points.length < 60 ? shown : `${shown}…`;
}

/**
 * The feedback on a learner's answers to one exercise, given in the order committed.
 * @param {Face} face
 * @param {Key} key
 * @param {unknown[]} answers
 * @param {Words} words
 * @returns {Feedback}
 */
export function judge(face, key, answers, words) {
  /** @type {any[]} */
  const tries = [];
  /** @type {number[]} */
  const scores = [];
  const isClosed = () => tries.length === TRY_FACTORS.length || scores.includes(1);
  /** @type {any} */
  let last = null;
  let problem = "";
  for (const value of answers) {
    last = null;
    if (isBlank(value)) {
      problem = words.replies.unanswered;
      continue;
    }
    try {
      last = readAnswer(face, value, words);
      problem = "";
    } catch (fault) {
      if (!(fault instanceof Misread)) throw fault;
      problem = fault.message;
      continue;
    }
    if (!isClosed() && !tries.some((earlier) => sameValue(last, earlier))) {
      tries.push(last);
      scores.push(scoreAnswer(face, key, last, words)[0]);
    }
  }
  const earned = points(scores);
  const closed = isClosed();
  const place = last === null ? -1 : tries.findIndex((earlier) => sameValue(last, earlier));
  const [score, part, reading] = last === null ? [0.0, "", null] : scoreAnswer(face, key, last, words);
  const mistake =
    last === null || score === 1 ? null : (key.mistakes.find((one) => makes(face.kind, one, last)) ?? null);
  return {
    exercise: face.id,
    verdict: last === null ? "unanswered" : score === 1 ? "correct" : score > 0 ? "partly" : "not yet",
    score,
    points: earned[place] ?? 0.0,
    best: earned.reduce((most, one) => (one > most ? one : most), 0.0),
    tries: tries.length,
    tries_left: closed ? 0 : TRY_FACTORS.length - tries.length,
    closed,
    reply: last === null ? problem || words.replies.unanswered : replyTo(key, score, reading, mistake, words),
    part,
    worked: closed ? key.worked : null,
    because: closed ? key.because : null,
    alternatives: closed ? alternatives(key) : [],
    code: mistake ? mistake.code : null,
  };
}

/**
 * @param {Key} key
 * @param {number} score
 * @param {Reading | null} reading
 * @param {Mistake | null} mistake
 * @param {Words} words
 * @returns {string}
 */
function replyTo(key, score, reading, mistake, words) {
  if (score === 1) {
    if (reading && reading.because !== null) return `${words.replies.alternative} ${reading.because}`;
    return words.replies.correct;
  }
  return mistake ? mistake.reply : key.fallback;
}

/**
 * @param {Key} key
 * @returns {string[]}
 */
function alternatives(key) {
  return key.readings
    .filter((reading) => reading.because !== null)
    .map((reading) => `${reading.worked}. ${reading.because}`);
}

/**
 * Whether an answer makes a declared mistake.
 * @param {Face["kind"]} kind
 * @param {Mistake} mistake
 * @param {any} answer
 */
function makes(kind, mistake, answer) {
  if (kind === "mark") {
    if (mistake.touches) return mistake.touches.some((token) => answer.includes(token));
    return sameValue(mistake.tokens, answer);
  }
  if (kind === "certainty") {
    return Object.entries(mistake.answer).every(([voice, value]) => answer[voice] === value);
  }
  return sameValue(mistake.answer, answer);
}

/**
 * Score, the sentence on which part stands, and the reading that scored best.
 * @param {Face} face
 * @param {Key} key
 * @param {any} answer
 * @param {Words} words
 * @returns {Scored}
 */
function scoreAnswer(face, key, answer, words) {
  if (face.kind === "chain") return scoreChain(face, key, answer, words);
  /** @type {Scored} */
  let best = [-1.0, "", null];
  for (const reading of key.readings) {
    const [score, part] = scoreReading(face.kind, reading, answer, words);
    if (score > best[0]) best = [score, part, reading];
  }
  return best;
}

/**
 * @param {Face["kind"]} kind
 * @param {Reading} reading
 * @param {any} answer
 * @param {Words} words
 * @returns {[number, string]}
 */
function scoreReading(kind, reading, answer, words) {
  if (kind === "choice") return [answer === reading.answer ? 1.0 : 0.0, ""];
  if (kind === "mark") {
    const [score, off] = markScore(answer, reading.minimal ?? [], reading.maximal ?? []);
    return [score, off ? words.parts[`mark ${off}`] : ""];
  }
  const each = Object.entries(reading.answer).map(([voice, wanted]) => certaintyScore(answer[voice], wanted));
  const score = each.reduce((total, one) => total + one, 0.0) / each.length;
  const right = each.filter((one) => one === 1).length;
  return [score, score < 1 ? fill(words.parts.certainty, { right, all: each.length }) : ""];
}

/**
 * Readings are scored together, since what is right in one is not invented in another.
 * @param {Face} face
 * @param {Key} key
 * @param {string[]} answer
 * @param {Words} words
 * @returns {Scored}
 */
function scoreChain(face, key, answer, words) {
  for (const reading of key.readings) {
    if (reading.chains?.some((chain) => sameValue(chain, answer))) return [1.0, "", reading];
  }
  const [score, stands, off] = chainScore(
    answer,
    key.readings.flatMap((reading) => reading.chains ?? []),
  );
  if (off === "reversed" || off === "alone") return [score, words.parts[`chain ${off}`], null];
  if (!stands) return [score, words.parts["chain outer"], null];
  const label = face.voices.find((voice) => voice.id === answer[stands - 1])?.label ?? "";
  return [score, `${fill(words.parts["chain stands"], { voice: label })} ${words.parts[`chain ${off}`]}`, null];
}

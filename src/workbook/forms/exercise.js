// @ts-check
// From a learner's answers to feedback. The twin of judging.py: the same sentences, the same order.

import { Misread } from "./misread.js";
import { isNoted, noteAnswer } from "./noting.js";
import { readAnswer } from "./reading.js";
import { TRY_FACTORS, isRecord, points, sameValue } from "./scoring.js";
import { makes, scoreAnswer } from "./worth.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Reading} Reading */
/** @typedef {import("./shapes.js").Mistake} Mistake */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./shapes.js").Feedback} Feedback */

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
 * The feedback on a learner's answers to one exercise, given in the order committed.
 * @param {Face} face
 * @param {Key | null} key  null, as in the classroom edition: what can be read is recorded
 * @param {unknown[]} answers
 * @param {Words} words
 * @returns {Feedback}
 */
export function judge(face, key, answers, words) {
  if (key === null) return recorded(face, answers, words);
  if (isNoted(face)) return judgeNoted(face, key, answers, words);
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
    told: scores.includes(1) ? (key.told ?? []) : [],
    code: mistake ? mistake.code : null,
  };
}

/**
 * The feedback where nothing is right or wrong: what was found, and how we read it ourselves.
 * @param {Face} face
 * @param {Key} key
 * @param {unknown[]} answers
 * @param {Words} words
 * @returns {Feedback}
 */
function judgeNoted(face, key, answers, words) {
  const [read, problem] = readable(face, answers, words);
  const [part, shown] = problem ? ["", false] : noteAnswer(face, key, read, words);
  return {
    ...unmarked(face),
    verdict: problem ? "unanswered" : "noted",
    reply: problem || (shown ? words.replies.noted : ""), // else there is nothing to compare
    part,
    worked: (shown && key.worked) || null,
    because: (shown && key.because) || null,
  };
}

/**
 * The reply where the key is with the teacher.
 * @param {Face} face
 * @param {unknown[]} answers
 * @param {Words} words
 * @returns {Feedback}
 */
function recorded(face, answers, words) {
  const problem = readable(face, answers, words)[1];
  return {
    ...unmarked(face),
    verdict: problem ? "unanswered" : "recorded",
    reply: problem || words.replies.recorded,
  };
}

/**
 * A feedback with no points in it.
 * @param {Face} face
 * @returns {Feedback}
 */
function unmarked(face) {
  return {
    exercise: face.id,
    verdict: "unanswered",
    score: 0.0,
    points: 0.0,
    best: 0.0,
    tries: 0,
    tries_left: face.tries,
    closed: false,
    reply: "",
    part: "",
    worked: null,
    because: null,
    alternatives: [],
    told: [],
    code: null,
  };
}

/**
 * The answers that can be read, and why the last one cannot.
 * @param {Face} face
 * @param {unknown[]} answers
 * @param {Words} words
 * @returns {[any[], string]}
 */
function readable(face, answers, words) {
  /** @type {any[]} */
  const read = [];
  let problem = words.replies.unanswered;
  for (const value of answers) {
    problem = isBlank(value) ? words.replies.unanswered : "";
    if (problem) continue;
    try {
      read.push(readAnswer(face, value, words));
    } catch (fault) {
      if (!(fault instanceof Misread)) throw fault;
      problem = fault.message;
    }
  }
  return [read, problem];
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

// @ts-check
// How far a learner has come: sums over their own record, and over nothing else. The twin of sums.py.

import { isBlank, judge } from "./exercise.js";
import { Misread } from "./misread.js";
import { isNoted, stageOf } from "./noting.js";
import { readAnswer } from "./reading.js";
import { RETURNS, isAside } from "./spacing.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Verdict} Verdict */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./store.js").Try} Try */
/** @typedef {[number, unknown]} Given  a place in the record, and an answer */

/** @typedef {{face: Face, key: Key | null, twin: string}} Question */
/** @typedef {{id: string, title: string, questions: Question[]}} Part */
/**
 * @typedef {{exercise: string, state: Verdict, tries: number, open: boolean, at: number,
 *   first: "" | "right" | "missed", code: string | null}} Stand
 */
/**
 * @typedef {{id: string, stands: Stand[], answered: number, tries: number,
 *   counts: Record<string, number>, next: string}} ChapterSum
 */
/**
 * @typedef {{chapters: ChapterSum[], all: number, answered: number, tries: number,
 *   counts: Record<string, number>, chapter: string, next: string, due: string[], open: string[],
 *   ended: string[]}} Sums
 */

/**
 * How an exercise that was answered can stand, in the order in which it is told.
 * @type {Verdict[]}
 */
export const STATES = ["correct", "partly", "not yet", "noted", "recorded"];

/** So many answers in a chapter, or all that it asks for, and the learner is taken to be in it. */
const SETTLED = 2;

/**
 * What a record, its tries in the order committed, says of the exercises in `parts`.
 * @param {Part[]} parts
 * @param {string} caseId
 * @param {Try[]} tries
 * @param {Words} words
 * @returns {Sums}
 */
export function sumUp(parts, caseId, tries, words) {
  /** @type {Map<string, Given[]>} */
  const given = new Map();
  tries.forEach((one, at) => {
    if (one.case !== caseId || isAside(one)) return;
    const place = placeOf(one.exercise, one.revision);
    const known = given.get(place);
    if (known) known.push([at, one.answer]);
    else given.set(place, [[at, one.answer]]);
  });
  const chapters = parts.map((part) => sumOf(part, given, words));
  const stands = chapters.flatMap((chapter) => chapter.stands);
  const [here, due] = reached(parts, stands);
  const start = Math.max(here, 0);
  const after = [...chapters.slice(start), ...chapters.slice(0, start)];
  return {
    chapters,
    all: stands.length,
    answered: total(chapters.map((chapter) => chapter.answered)),
    tries: total(chapters.map((chapter) => chapter.tries)),
    counts: countStates(stands),
    chapter: chapters[here]?.id ?? "",
    next: after.find((chapter) => chapter.next)?.next ?? "",
    due,
    open: stands.filter((stand) => stand.open).map((stand) => stand.exercise),
    ended: stands
      .filter((stand) => (stand.state === "partly" || stand.state === "not yet") && !stand.open)
      .map((stand) => stand.exercise),
  };
}

/**
 * @param {string} exercise
 * @param {number} revision
 */
function placeOf(exercise, revision) {
  return `${revision} ${exercise}`;
}

/** @param {number[]} numbers */
function total(numbers) {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/**
 * @param {Part} part
 * @param {Map<string, Given[]>} given
 * @param {Words} words
 * @returns {ChapterSum}
 */
function sumOf(part, given, words) {
  const stands = part.questions.map((one) =>
    standOf(one, given.get(placeOf(one.face.id, one.face.revision)) ?? [], words),
  );
  const missing = stands.filter((stand) => stand.at < 0);
  return {
    id: part.id,
    stands,
    answered: stands.length - missing.length,
    tries: total(stands.map((stand) => stand.tries)),
    counts: countStates(stands),
    next: missing[0]?.exercise ?? "",
  };
}

/** @param {Stand[]} stands */
function countStates(stands) {
  return Object.fromEntries(
    STATES.map((state) => [state, stands.filter((stand) => stand.state === state).length]),
  );
}

/**
 * Where a learner stands who gave these answers.
 * @param {Question} question
 * @param {Given[]} given
 * @param {Words} words
 * @returns {Stand}
 */
function standOf({ face, key }, given, words) {
  /** @type {Stand} */
  const stand = { exercise: face.id, state: "unanswered", tries: 0, open: false, at: -1, first: "", code: null };
  if (key === null || isNoted(face)) {
    const read = given.filter(([, value]) => isReadable(face, value, words));
    const [first, last] = [read[0], read.at(-1)];
    if (!first || !last) return stand;
    return { ...stand, state: key === null ? "recorded" : "noted", open: isHalfway(face, last[1]), at: first[0] };
  }
  /** @type {unknown[]} */
  const tries = [];
  /** @type {import("./shapes.js").Feedback | null} */
  let first = null;
  let [place, best, closed] = [-1, 0.0, false];
  for (const [at, value] of given) {
    const got = judge(face, key, [...tries, value], words);
    if (got.tries === tries.length) continue; // it cannot be read, or is no new try
    tries.push(value);
    best = Math.max(best, got.score);
    closed = got.closed;
    if (first === null) [first, place] = [got, at];
    if (closed) break;
  }
  if (first === null) return stand;
  return {
    exercise: face.id,
    state: best === 1 ? "correct" : best > 0 ? "partly" : "not yet",
    tries: tries.length,
    open: !closed,
    at: place,
    first: first.score === 1 ? "right" : "missed",
    code: first.code,
  };
}

/**
 * @param {Face} face
 * @param {unknown} value
 * @param {Words} words
 */
function isReadable(face, value, words) {
  if (isBlank(value)) return false;
  try {
    readAnswer(face, value, words);
    return true;
  } catch (fault) {
    if (!(fault instanceof Misread)) throw fault;
    return false;
  }
}

/**
 * Whether a stage comes after the one that this answer belongs to.
 * @param {Face} face
 * @param {unknown} value
 */
function isHalfway(face, value) {
  const last = face.shares ? "after" : face.kind === "rate" ? "revealed" : null;
  return stageOf(face, value) !== last;
}

/**
 * The place of the chapter that the learner has reached, -1 for none, and the twins due there. It is
 * the furthest in which they have settled. Whoever follows a twin into a later chapter, when it is
 * due, has not moved on by that.
 * @param {Part[]} parts
 * @param {Stand[]} stands
 * @returns {[number, string[]]}
 */
function reached(parts, stands) {
  /** @type {Map<string, number>} */
  const home = new Map();
  /** @type {Map<string, string>} */
  const twins = new Map();
  parts.forEach((part, at) => part.questions.forEach((one) => home.set(one.face.id, at)));
  const questions = parts.flatMap((part) => part.questions);
  for (const one of questions) if (home.has(one.twin)) twins.set(one.face.id, one.twin);
  const names = inTurn(stands.filter((stand) => stand.at >= 0)).map((stand) => stand.exercise);
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {Map<number, number>} */
  const count = new Map();
  let here = -1;
  const returns = (/** @type {string} */ name) => RETURNS.includes(here - (home.get(name) ?? 0));
  for (const name of names) {
    const at = home.get(name) ?? 0;
    const twin = twins.get(name) ?? "";
    if (!(seen.has(twin) && returns(twin))) count.set(at, (count.get(at) ?? 0) + 1);
    seen.add(name);
    const enough = Math.min(SETTLED, parts[at]?.questions.length ?? 0);
    if (at > here && (count.get(at) ?? 0) >= enough) here = at;
  }
  const due = names.filter((name) => twins.has(name) && returns(name)).map((name) => twins.get(name) ?? "");
  return [here, due.filter((twin) => !seen.has(twin))];
}

/**
 * In the order in which the learner came to them.
 * @param {Stand[]} stands
 */
export function inTurn(stands) {
  return [...stands].sort((a, b) => a.at - b.at);
}

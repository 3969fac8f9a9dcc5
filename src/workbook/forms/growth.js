// @ts-check
// What has changed in a learner's answers, in sentences with counts, from their own record only.
// The twin of growth.py.

import { fill } from "./misread.js";
import { inTurn } from "./sums.js";

/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./sums.js").Part} Part */
/** @typedef {import("./sums.js").Question} Question */
/** @typedef {import("./sums.js").Stand} Stand */
/** @typedef {import("./sums.js").Sums} Sums */
/** @typedef {Record<string, string | number>} Parts */

/** A chapter says something of first tries from so many on. */
const LEAST_FIRSTS = 4;
/** A likely mistake says something from twice so many questions on that invite it. */
const LEAST_HALF = 3;
const MOST_MOVES = 3;
const MOST_WATCHED = 2;
const MOST_TWINS = 3;

/**
 * A title in quotation marks; those within it become single ones.
 * @param {string} title
 * @param {Words} words
 */
export function quoted(title, words) {
  return fill(words.progress.quoted, { title: title.replaceAll("“", "‘").replaceAll("”", "’") });
}

/**
 * A chapter's title in quotation marks; where it has none, its number.
 * @param {Part} part
 * @param {Words} words
 */
export function chapterName(part, words) {
  if (part.title) return quoted(part.title, words);
  const number = /^[0-9]+$/.test(part.id) ? part.id.replace(/^0+/, "") : part.id;
  return fill(words.progress.chapter, { n: number || part.id });
}

/**
 * The sentences; none where nothing can be said yet, and none without keys.
 * @param {Part[]} parts
 * @param {Sums} sums
 * @param {Words} words
 * @returns {string[]}
 */
export function sayGrowth(parts, sums, words) {
  const asked = new Map(parts.flatMap((part) => part.questions).map((one) => [one.face.id, one]));
  const stands = inTurn(sums.chapters.flatMap((chapter) => chapter.stands).filter((stand) => stand.first));
  return [...sayFirsts(parts, sums, words), ...sayMoves(asked, stands, words), ...sayTwins(asked, stands, words)];
}

/**
 * First tries in the first chapter of those worked on, and in the latest.
 * @param {Part[]} parts
 * @param {Sums} sums
 * @param {Words} words
 */
function sayFirsts(parts, sums, words) {
  const told = parts.flatMap((part, i) => {
    const firsts = (sums.chapters[i]?.stands ?? []).filter((stand) => stand.first);
    const right = firsts.filter((stand) => stand.first === "right").length;
    return firsts.length >= LEAST_FIRSTS ? [{ name: chapterName(part, words), right, all: firsts.length }] : [];
  });
  const [first, latest] = [told[0], told.at(-1)];
  if (!first || !latest || first === latest) return [];
  const counts = { a: first.right, n: first.all, b: latest.right, m: latest.all };
  const sentence = fill(words.progress["first tries"], { first: first.name, latest: latest.name, ...counts });
  const fewer = latest.right * first.all < first.right * latest.all;
  return fewer ? [sentence, words.progress["first tries fewer"]] : [sentence];
}

/**
 * Likely mistakes that came at first and come less now; then those that still come.
 * @param {Map<string, Question>} asked
 * @param {Stand[]} stands
 * @param {Words} words
 */
function sayMoves(asked, stands, words) {
  const said = words.progress;
  /** @type {[number, Parts][]} */
  const less = [];
  /** @type {[number, Parts][]} */
  const still = [];
  for (const [code, move] of Object.entries(said.moves)) {
    const fell = stands.filter((stand) => invites(asked.get(stand.exercise), code)).map((stand) => stand.code === code);
    const n = Math.floor(fell.length / 2);
    if (n < LEAST_HALF) continue;
    const m = fell.length - n;
    const a = fell.slice(0, n).filter(Boolean).length;
    const b = fell.slice(n).filter(Boolean).length;
    const parts = { move: String(move), a, n, b, m };
    if (a - b >= 2 && 2 * b * n <= a * m) less.push([a - b, parts]);
    else if (b >= 2 && 3 * b >= m) still.push([b, parts]);
  }
  const first = (/** @type {[number, Parts][]} */ found, /** @type {number} */ most) =>
    found.sort(([one], [other]) => other - one).slice(0, most);
  return [
    ...first(less, MOST_MOVES).map(([, parts]) => fill(said["move less"], parts)),
    ...first(still, MOST_WATCHED).map(([, parts]) => fill(said["move still"], parts)),
  ];
}

/**
 * @param {Question | undefined} question
 * @param {string} code
 */
function invites(question, code) {
  return question?.key?.mistakes.some((mistake) => mistake.code === code) ?? false;
}

/**
 * Twins right at once after their partner was missed; the latest of them by name.
 * @param {Map<string, Question>} asked
 * @param {Stand[]} stands
 * @param {Words} words
 */
function sayTwins(asked, stands, words) {
  /** @type {Set<string>} */
  const missed = new Set();
  /** @type {Parts[]} */
  const pairs = [];
  for (const stand of stands) {
    const question = asked.get(stand.exercise);
    if (stand.first === "missed") missed.add(stand.exercise);
    else if (question && missed.has(question.twin)) {
      const one = asked.get(question.twin)?.face.title ?? "";
      pairs.push({ one: quoted(one, words), other: quoted(question.face.title, words) });
    }
  }
  const shown = pairs.slice(-MOST_TWINS).map((pair) => fill(words.progress.twin, pair));
  const more = pairs.length - shown.length;
  return more ? [...shown, fill(words.progress["twins more"], { n: more })] : shown;
}

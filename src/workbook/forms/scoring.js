// @ts-check
// How much of an answer is right: pure functions on plain values. The twin of scoring.py: the same
// names, the same order of operations, no rounding, so that both give the same number to the bit.
// Text is compared by code points, as Python does it, never by the halves of a surrogate pair.

/** What a first, second and third try earns of its score. */
export const TRY_FACTORS = [1.0, 0.6, 0.3];

/**
 * Each certainty as [strength 0–3, side: 1 for, -1 against, 0 neither].
 * @type {Record<string, [number, number]>}
 */
export const CERTAINTIES = {
  // @ts-expect-error no inherited names: "constructor" is no certainty
  __proto__: null,
  "certain for": [3, 1],
  "probable for": [2, 1],
  "possible for": [1, 1],
  "not committed": [0, 0],
  "possible against": [1, -1],
  "probable against": [2, -1],
  "certain against": [3, -1],
};

const SPACE = new Set("\t\n\v\f\r \u00a0\u2007\u202f\u2028\u2029\u3000");
const WHOLE = /[\u00c0-\u1fff]/g;
const ALIKE = new Map([
  ["‘", "'"],
  ["’", "'"],
  ["“", '"'],
  ["”", '"'],
  ["–", "-"],
  ["—", "-"],
]);

/**
 * A record as Python's dict: an object that is no list.
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether two plain values are one: types count; JavaScript's 1 and 1.0 are one number anyway.
 * `true` is never 1; NaN is itself; records are the same in any order of their keys.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
export function sameValue(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    return a === b || (Number.isNaN(a) && Number.isNaN(b));
  }
  if (isRecord(a) && isRecord(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
    );
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  }
  return a === b;
}

/**
 * What each try in turn earns: its score by its factor; a fourth try and later earn nothing.
 * @param {number[]} scores
 * @returns {number[]}
 */
export function points(scores) {
  return scores.map((score, i) => {
    const factor = TRY_FACTORS[i];
    return factor === undefined ? 0.0 : score * factor;
  });
}

/**
 * Word tokens of `text` that the quotation `exact` covers, and how often it stands there as whole
 * tokens. The list is empty unless that is once, after `prefix` and before `suffix`.
 * @param {string} text
 * @param {import("./shapes.js").Token[]} tokens
 * @param {string} exact
 * @param {string} [prefix]
 * @param {string} [suffix]
 * @returns {[number[], number]}
 */
export function locate(text, tokens, exact, prefix = "", suffix = "") {
  const [flat, origin] = flatten(text);
  const [wanted, before, after] = [exact, prefix, suffix].map((part) => strip(flatten(part)[0], true, true));
  if (!wanted?.length || !before || !after) return [[], 0];
  const starts = new Set(tokens.map((token) => token[0]));
  const ends = new Set(tokens.map((token) => token[1]));
  /** @type {[number, number][]} */
  const places = [];
  for (let at = 0; at + wanted.length <= flat.length; at += 1) {
    if (!standsAt(flat, wanted, at)) continue;
    const stop = at + wanted.length;
    const start = /** @type {number} */ (origin[at]);
    const end = /** @type {number} */ (origin[stop - 1]) + 1;
    const halved = [at, stop].some((edge) => edge > 0 && edge < flat.length && origin[edge - 1] === origin[edge]);
    if (halved || !starts.has(start) || !ends.has(end)) continue;
    const head = strip(flat.slice(0, at), false, true);
    const tail = strip(flat.slice(stop), true, false);
    if (standsAt(head, before, head.length - before.length) && standsAt(tail, after, 0)) places.push([start, end]);
  }
  const place = places[0];
  if (places.length !== 1 || !place) return [[], places.length];
  return [tokens.flatMap(([a, b, word], i) => (word && a < place[1] && b > place[0] ? [i] : [])), 1];
}

/**
 * @param {string[]} points
 * @param {string[]} wanted
 * @param {number} at
 */
function standsAt(points, wanted, at) {
  if (at < 0) return false;
  for (let i = 0; i < wanted.length; i += 1) {
    if (points[at + i] !== wanted[i]) return false;
  }
  return true;
}

/**
 * @param {string[]} points
 * @param {boolean} left
 * @param {boolean} right
 */
function strip(points, left, right) {
  let start = 0;
  let end = points.length;
  while (left && start < end && points[start] === " ") start += 1;
  while (right && end > start && points[end - 1] === " ") end -= 1;
  return points.slice(start, end);
}

/**
 * `text` with each letter that has an accent as the letter and, after it, the accent.
 * @param {string} text
 */
export function apart(text) {
  return text.replace(WHOLE, (letter) => letter.normalize("NFD"));
}

/**
 * `text` as `locate` compares it, as code points, and for each the place it came from.
 * @param {string} text
 * @returns {[string[], number[]]}
 */
function flatten(text) {
  /** @type {string[]} */
  const flat = [];
  /** @type {number[]} */
  const origin = [];
  let at = 0;
  let inGap = false;
  for (const point of text) {
    const gap = SPACE.has(point);
    for (const sign of gap && inGap ? "" : apart(point)) {
      flat.push(gap ? " " : (ALIKE.get(sign) ?? (sign >= "A" && sign <= "Z" ? sign.toLowerCase() : sign)));
      origin.push(at);
    }
    inGap = gap;
    at += 1;
  }
  return [flat, origin];
}

/**
 * Score marked words between a minimal core and a maximal span, and say what is off.
 * @param {Iterable<number>} marked
 * @param {Iterable<number>} minimal
 * @param {Iterable<number>} maximal
 * @returns {[number, string]}
 */
export function markScore(marked, minimal, maximal) {
  const a = new Set(marked);
  const core = new Set(minimal);
  const most = new Set(maximal);
  const holdsCore = within(core, a);
  const inMost = within(a, most);
  if (holdsCore && inMost) return [1.0, ""];
  const target = new Set(core);
  for (const i of a) if (most.has(i)) target.add(i);
  let hit = 0;
  for (const i of a) if (target.has(i)) hit += 1;
  if (!hit) return [0.0, "elsewhere"];
  const precision = hit / a.size;
  const recall = hit / target.size;
  const f1 = (2 * precision * recall) / (precision + recall);
  const off = holdsCore ? "long" : inMost ? "short" : "shifted";
  return [f1 >= 0.5 ? f1 : 0.0, off];
}

/**
 * @param {Set<unknown>} small
 * @param {Set<unknown>} large
 */
function within(small, large) {
  for (const item of small) if (!large.has(item)) return false;
  return true;
}

/**
 * The least number of voices to insert, remove or replace to turn `a` into `b`.
 * @param {string[]} a
 * @param {string[]} b
 * @returns {number}
 */
export function editDistance(a, b) {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j);
  a.forEach((x, i) => {
    let diagonal = /** @type {number} */ (row[0]);
    row[0] = i + 1;
    b.forEach((y, j) => {
      const above = /** @type {number} */ (row[j + 1]);
      const left = /** @type {number} */ (row[j]);
      const step = Math.min(above + 1, left + 1, diagonal + (x === y ? 0 : 1));
      diagonal = above;
      row[j + 1] = step;
    });
  });
  return /** @type {number} */ (row[row.length - 1]);
}

/**
 * Score a chain, outer to inner, against every chain that counts as right; the best one holds.
 * Second value: how many outer voices stand. Third: what is off.
 * @param {string[]} answer
 * @param {string[][]} chains
 * @returns {[number, number, string]}
 */
export function chainScore(answer, chains) {
  let best = -1.0;
  let stands = 0;
  let length = 0;
  for (const key of chains) {
    if (sameValue(answer, key)) return [1.0, key.length, ""];
    let prefix = 0;
    while (prefix < answer.length && prefix < key.length && answer[prefix] === key[prefix]) prefix += 1;
    const longer = Math.max(answer.length, key.length);
    const score = (0.5 * prefix) / key.length + 0.5 * (1 - editDistance(answer, key) / longer);
    if (score > best) {
      best = score;
      stands = prefix;
      length = key.length;
    }
  }
  if (chains.some((chain) => sameValue(answer, [...chain].reverse()))) return [0.0, 0, "reversed"];
  if (answer.length === 1 && chains.some((c) => c.length > 1 && answer[0] === c[0])) return [0.0, 1, "alone"];
  const known = new Set(chains.flat());
  if (!within(new Set(answer), known)) return [Math.min(best, 0.75), stands, "invented"];
  return [best, stands, answer.length < length ? "short" : "order"];
}

/**
 * 1 for the same certainty, .4 less a step; 0 when the side or the commitment is wrong.
 * @param {string} answer
 * @param {string} key
 * @returns {number}
 */
export function certaintyScore(answer, key) {
  const given = CERTAINTIES[answer];
  const wanted = CERTAINTIES[key];
  if (!given || !wanted) throw new RangeError("not a certainty");
  if (given[1] !== wanted[1]) return 0.0;
  return Math.max(0.0, 1 - 0.4 * Math.abs(given[0] - wanted[0]));
}

/**
 * What is rightly chosen less what is wrongly chosen, of all that fits; at least 0. Second and
 * third: how many are rightly and how many are wrongly chosen.
 * @param {string[]} answer
 * @param {string[]} key
 * @returns {[number, number, number]}
 */
export function choicesScore(answer, key) {
  const chosen = new Set(answer);
  const fitting = new Set(key);
  let right = 0;
  for (const one of chosen) if (fitting.has(one)) right += 1;
  const wrong = chosen.size - right;
  return [right > wrong ? (right - wrong) / fitting.size : 0.0, right, wrong];
}

/**
 * The share of pairs in the right order, scaled so that chance is 0; at least 0. Both hold the same
 * items. Second and third: how many pairs stand right, and how many there are.
 * @param {string[]} answer
 * @param {string[]} key
 * @returns {[number, number, number]}
 */
export function orderScore(answer, key) {
  let right = 0;
  answer.forEach((item, i) => {
    for (const later of answer.slice(i + 1)) if (key.indexOf(item) < key.indexOf(later)) right += 1;
  });
  const pairs = (key.length * (key.length - 1)) / 2;
  return [Math.max(0.0, 2 * (right / pairs) - 1), right, pairs];
}

/**
 * 1 within the tolerance, its ends included, else 0.
 * @param {number} answer
 * @param {number} key
 * @param {number} tolerance
 */
export function numberScore(answer, key, tolerance) {
  return Math.abs(answer - key) <= tolerance ? 1.0 : 0.0;
}

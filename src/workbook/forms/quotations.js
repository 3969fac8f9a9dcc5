// @ts-check
// Where a text quotes, and whether the quoted words stand in the sources: exactly, nearly, or not.
// The twin of quotations.py: the same lists of spaces and marks, the same bounds, the same order.

import { apart } from "./scoring.js";

/** @typedef {[number, number, string]} Word  start and end in the text's own units, and the token */
/** @typedef {{start: number, end: number, words: string, closed: boolean}} Quotation */
/** @typedef {[number, number, number]} Place  source, first token, last token */
/** @typedef {[string, string, number, number, number]} Near  the learner's words, the source's, and where */
/** @typedef {{level: string, places: Place[], near: Near[]}} Found */

export const MOST_QUOTATIONS = 40;
const WINDOW = 40;
const NEAR_MOST = 4;

const SPACES = "\t\n\v\f\r \u00a0\u2003\u2007\u202f\u2028\u2029\u3000";
const TOKEN =
  /[^\t\n\v\f\r \u00a0\u2003\u2007\u202f\u2028\u2029\u3000.,;:!?…"“”„‟«»‹›‘’()[\]{}<>\-–—/*_|]+/gu;
const GAP = /[\t\n\v\f\r \u00a0\u2003\u2007\u202f\u2028\u2029\u3000]+/g;
const OMITTED = /…|\.{3,}|\[[^[\]]{0,200}\]/u;
const PARAGRAPH = /\n[ \t]*\n/g;
/** @type {Record<string, string>} */
const CLOSES = { '"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'" };
const APOSTROPHES = "‘'";

/**
 * The tokens of a text: runs of characters that are neither space nor mark.
 * @param {string} text
 * @returns {Word[]}
 */
export function wordsOf(text) {
  const flat = text.replace(/([A-Za-z])’(?=[A-Za-z])/g, "$1'");
  /** @type {Word[]} */
  const found = [];
  for (const match of flat.matchAll(TOKEN)) {
    const tail = match[0].replace(/^'+/, "");
    const start = match.index + match[0].length - tail.length;
    const token = tail.replace(/'+$/, "");
    if (token) found.push([start, start + token.length, apart(token)]);
  }
  return found;
}

/**
 * How many words a text has: pieces between spaces that hold more than marks.
 * @param {string} text
 */
export function countWords(text) {
  return text.split(GAP).filter((piece) => wordsOf(piece).length).length;
}

/**
 * A text as a sentence can show it: on one line, cut short, whatever characters it holds.
 * @param {string} text
 * @param {number} [most]  code points
 */
export function outline(text, most = 80) {
  const head = [...text.slice(0, 8 * most + 1)].slice(0, 4 * most).join("");
  const points = [...head.replace(GAP, " ").replace(/^ +| +$/g, "")];
  const shown = points.slice(0, most).map((point) => (/^[\ud800-\udfff]$/.test(point) ? "\ufffd" : point)).join("");
  return points.length <= most ? shown : `${shown.replace(/ +$/, "")}…`;
}

/** @param {string} character */
function startsToken(character) {
  return character !== "" && character.search(TOKEN) === 0;
}

/**
 * The quotations of a text in order, nested ones as part of the outermost.
 * @param {string} text
 * @returns {Quotation[]}
 */
export function quotations(text) {
  /** @type {Quotation[]} */
  const found = [];
  const ends = [...[...text.matchAll(PARAGRAPH)].map((match) => match.index), text.length];
  let at = 0;
  let paragraph = 0;
  /** @type {Set<string>} */
  let dead = new Set();
  while (at < text.length && found.length < MOST_QUOTATIONS) {
    while (at >= Number(ends[paragraph]) && paragraph < ends.length - 1) {
      paragraph += 1;
      dead = new Set();
    }
    const end = Number(ends[paragraph]);
    const mark = text.charAt(at);
    if (mark === ">" && /^[ \t]*$/.test(text.slice(lineStart(text, at), at))) {
      const block = blockAt(text, at);
      found.push(block);
      at = block.end;
      continue;
    }
    if (!Object.hasOwn(CLOSES, mark) || dead.has(mark) || (APOSTROPHES.includes(mark) && isInside(text, at))) {
      at += 1;
      continue;
    }
    const stop = closing(text, at, end);
    if (stop < 0) {
      dead.add(mark);
      if (!APOSTROPHES.includes(mark)) found.push({ start: at, end: at + 1, words: text.slice(at + 1, Math.max(at + 1, end)), closed: false });
      at += 1;
      continue;
    }
    found.push({ start: at, end: stop + 1, words: text.slice(at + 1, stop), closed: true });
    at = stop + 1;
  }
  return found;
}

/**
 * @param {string} text
 * @param {number} at
 */
function lineStart(text, at) {
  return at ? text.lastIndexOf("\n", at - 1) + 1 : 0;
}

/**
 * @param {string} text
 * @param {number} at
 */
function isInside(text, at) {
  const before = at ? text.charAt(at - 1) : "";
  const after = text.charAt(at + 1);
  return startsToken(before) || !after || SPACES.includes(after);
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number} end
 */
function closing(text, at, end) {
  const mark = text.charAt(at);
  const closes = CLOSES[mark] ?? "";
  let first = -1;
  let depth = 0;
  for (let i = at + 1; i < end; i += 1) {
    const here = text.charAt(i);
    if (APOSTROPHES.includes(mark)) {
      if (closes.includes(here) && !startsToken(text.charAt(i + 1))) return i;
    } else if (closes.includes(here)) {
      if (first < 0) first = i;
      if (depth === 0) return i;
      depth -= 1;
    } else if (here === mark) {
      depth += 1;
    }
  }
  return first;
}

/**
 * The lines from `at` on that begin with ">".
 * @param {string} text
 * @param {number} at
 * @returns {Quotation}
 */
function blockAt(text, at) {
  /** @type {string[]} */
  const lines = [];
  let end = at;
  for (;;) {
    const found = text.indexOf("\n", end);
    const stop = found < 0 ? text.length : found;
    const line = text.slice(end, stop).replace(/^[ \t]+/, "");
    if (!line.startsWith(">")) break;
    lines.push(line.slice(1));
    end = Math.min(stop + 1, text.length);
    if (stop === text.length) break;
  }
  return { start: at, end, words: lines.join("\n"), closed: true };
}

/**
 * Find quoted words in the sources; `held` are the sources' tokens.
 * @param {string} words
 * @param {{text: string}[]} sources
 * @param {Word[][]} held
 * @returns {Found}
 */
export function lookUp(words, sources, held) {
  const whole = wordsOf(words).map((word) => word[2]);
  if (!whole.length) return { level: "empty", places: [], near: [] };
  const places = placesOf(whole, held);
  if (places.length) {
    const bare = words.replace(new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, "g"), "");
    const exact = places.some(([source]) => sources[source]?.text.includes(bare));
    return { level: exact ? "exact" : "alike", places, near: [] };
  }
  const pieces = words
    .split(OMITTED)
    .map((piece) => wordsOf(piece).map((word) => word[2]))
    .filter((piece) => piece.length);
  const cut = pieces.length > 1 || (pieces.length === 1 && pieces[0]?.join(" ") !== whole.join(" "));
  if (cut) {
    const ordered = inOrder(pieces, held);
    if (ordered.length) return { level: "gaps", places: ordered, near: [] };
    if (pieces.every((piece) => placesOf(piece, held).length)) return { level: "order", places: [], near: [] };
  }
  // The source may have dots or brackets of its own: then the whole is nearer than its pieces.
  for (const parts of [pieces.length ? pieces : [whole], [whole]]) {
    const near = differences(parts, sources, held);
    if (near) return { level: near.length ? "near" : "order", places: [], near };
  }
  return { level: "absent", places: [], near: [] };
}

/**
 * What differs, window by window; null where one of them is like nothing in the sources.
 * @param {string[][]} pieces
 * @param {{text: string}[]} sources
 * @param {Word[][]} held
 */
function differences(pieces, sources, held) {
  /** @type {Near[]} */
  const near = [];
  for (const piece of pieces) {
    for (let low = 0; low < piece.length; low += WINDOW) {
      const part = piece.slice(low, low + WINDOW);
      if (near.length === NEAR_MOST) return near;
      if (placesOf(part, held).length) continue;
      const one = nearest(part, sources, held);
      if (!one) return null;
      near.push(one);
    }
  }
  return near;
}

/**
 * Whether two tokens are one but for the case of their first letter (A to Z).
 * @param {string} a
 * @param {string} b
 */
export function alike(a, b) {
  return a === b || (a.slice(1) === b.slice(1) && small(a.charAt(0)) === small(b.charAt(0)));
}

/** @param {string} text  A to Z as a to z */
export function small(text) {
  return text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
}

/**
 * @param {string[]} piece
 * @param {Word[]} here
 * @param {number} at
 */
function standsHere(piece, here, at) {
  return at + piece.length <= here.length && piece.every((token, i) => alike(token, here[at + i]?.[2] ?? ""));
}

/**
 * @param {string[]} piece
 * @param {Word[][]} held
 * @returns {Place[]}
 */
function placesOf(piece, held) {
  return held.flatMap((here, source) =>
    here.flatMap((_, at) =>
      standsHere(piece, here, at) ? [/** @type {Place} */ ([source, at, at + piece.length - 1])] : [],
    ),
  );
}

/**
 * Where all pieces stand one after the other in one source; the shortest stretch first.
 * @param {string[][]} pieces
 * @param {Word[][]} held
 * @returns {Place[]}
 */
function inOrder(pieces, held) {
  const [head = [], ...rest] = pieces;
  /** @type {Place[]} */
  const found = [];
  for (const [source, first, last] of placesOf(head, held).slice(0, 20)) {
    const here = held[source] ?? [];
    let end = last + 1;
    for (const piece of rest) {
      while (end < here.length && !standsHere(piece, here, end)) end += 1;
      if (end >= here.length) {
        end = -1;
        break;
      }
      end += piece.length;
    }
    if (end > 0) found.push([source, first, end - 1]);
  }
  return found.sort((a, b) => a[2] - a[1] - (b[2] - b[1]));
}

/**
 * The stretch of a source that is fewest token edits away (Sellers); null where less than half fits.
 * @param {string[]} part
 * @param {{text: string}[]} sources
 * @param {Word[][]} held
 * @returns {Near | null}
 */
function nearest(part, sources, held) {
  const size = part.length;
  /** @type {[number, number, number, number, number] | null} */
  let best = null;
  held.forEach((here, source) => {
    const most = here.length;
    const cost = new Int32Array(most + 1);
    const start = Int32Array.from({ length: most + 1 }, (_, j) => j);
    const at = (/** @type {Int32Array} */ row, /** @type {number} */ j) => /** @type {number} */ (row[j]);
    for (let i = 0; i < size; i += 1) {
      let [diagonal, origin] = [at(cost, 0), at(start, 0)];
      cost[0] = i + 1;
      for (let j = 1; j <= most; j += 1) {
        let least = diagonal + (alike(part[i] ?? "", here[j - 1]?.[2] ?? "") ? 0 : 1);
        let begin = origin;
        if (at(cost, j) + 1 < least) [least, begin] = [at(cost, j) + 1, at(start, j)];
        if (at(cost, j - 1) + 1 < least) [least, begin] = [at(cost, j - 1) + 1, at(start, j - 1)];
        [diagonal, origin] = [at(cost, j), at(start, j)];
        cost[j] = least;
        start[j] = begin;
      }
    }
    for (let j = 1; j <= most; j += 1) {
      const off = Math.abs(j - at(start, j) - size);
      const wins = !best || at(cost, j) < best[0] || (at(cost, j) === best[0] && off < best[1]);
      if (j > at(start, j) && wins) best = [at(cost, j), off, source, at(start, j), j - 1];
    }
  });
  if (!best || 2 * best[0] > size) return null;
  return trimmed(part, sources, held, [best[2], best[3], best[4]]);
}

/**
 * What differs between the learner's words and the source's, with two words either side.
 * @param {string[]} part
 * @param {{text: string}[]} sources
 * @param {Word[][]} held
 * @param {Place} place
 * @returns {Near}
 */
function trimmed(part, sources, held, [source, first, last]) {
  const here = held[source] ?? [];
  const theirs = here.slice(first, last + 1).map((word) => word[2]);
  const least = Math.min(part.length, theirs.length);
  let low = 0;
  while (low < least && part[low] === theirs[low]) low += 1;
  let high = 0;
  while (high < least - low && part[part.length - 1 - high] === theirs[theirs.length - 1 - high]) high += 1;
  low = Math.max(0, low - 2);
  high = Math.max(0, high - 2);
  const text = (sources[source]?.text ?? "").slice(here[first + low]?.[0], here[last - high]?.[1]);
  return [part.slice(low, part.length - high).join(" "), text, source, first + low, last - high];
}

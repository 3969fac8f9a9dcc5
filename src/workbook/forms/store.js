// @ts-check
// The record in the browser: one line per committed try, append-only, never rewritten.
//
// Each line lives under a key of its own (a counter, then this tab's random name). Two tabs that
// write at the same moment can then never write over each other, which one shared text could not
// promise: the browser gives no lock on it, least of all for a page opened by double click.

import { learnerIn } from "./learner.js";
import { isRecord, sameValue } from "./scoring.js";

/**
 * What an answer is kept for. `stage` is left out for all that is answered in one go.
 * @typedef {{case: string, id: string, revision: number, stage?: string}} Question
 */
/**
 * @typedef {{case: string, exercise: string, revision: number, answer: unknown, stage: unknown,
 *   time: string}} Try
 */
/** @typedef {{added: number, known: number, damaged: number, readable: number}} Restored */

/** No answer to any kind of exercise comes near it. */
const LONGEST_LINE = 100_000;

const LINE = "wb.line.";
const GUEST = "wb.not-mine";
const DOWNLOADED = "wb.downloaded";

/**
 * @typedef {object} StoreParts  what a test can replace
 * @property {Storage | null=} local
 * @property {Storage | null=} session
 * @property {() => Date=} now
 * @property {string=} tab
 */

/**
 * One line of the record, byte for byte as record.py writes it, without the line end.
 * @param {Question} face
 * @param {unknown} answer
 * @param {Date} time
 */
export function recordLine(face, answer, time) {
  // JSON.stringify writes what Python's compact json.dumps(ensure_ascii=False) writes, and
  // escapes a lone surrogate as \udXXX, as record.py does.
  return JSON.stringify({
    format: 1,
    case: face.case,
    exercise: face.id,
    revision: face.revision,
    answer,
    stage: face.stage ?? null,
    time: time.toISOString(),
  });
}

/**
 * A record line as a try, or null when it cannot be read.
 * @param {string} line
 * @returns {Try | null}
 */
export function readLine(line) {
  if (!line || line.length > LONGEST_LINE) return null;
  let value;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(value) || value.format !== 1 || !Object.hasOwn(value, "answer")) return null;
  const { case: id, exercise, revision, answer, stage = null, time } = value;
  if (typeof id !== "string" || typeof exercise !== "string" || typeof time !== "string") return null;
  if (!Number.isInteger(revision) || !(stage === null || typeof stage === "string")) return null;
  return { case: id, exercise, revision: Number(revision), answer, stage, time };
}

/**
 * A value that is there is not new, unless its learner came back to it later, after another one.
 * @param {Map<string, Try[]>} known  tries by exercise
 * @param {Try} one
 * @returns {boolean} whether it was new there
 */
function shelve(known, one) {
  const place = JSON.stringify([one.case, one.exercise, one.revision, one.stage]);
  const tries = known.get(place);
  const last = tries?.at(-1);
  const cameBack = last && one.time > last.time && !sameValue(last.answer, one.answer);
  if (!cameBack && tries?.some((other) => sameValue(other.answer, one.answer))) return false;
  if (tries) tries.push(one);
  else known.set(place, [one]);
  return true;
}

/** Stages of lines that are no answers: see record.py. */
export const BESIDE = ["words", "verdict", "whose"];

/** A learner's answers in this browser; where it keeps nothing, in this page. */
export class Store {
  /** @type {Storage | null} */ #local;
  /** @type {Storage | null} */ #session;
  /** @type {() => Date} */ #now;
  /** @type {string} */ #tab;
  /** @type {Map<string, string>} lines no storage would take */ #held = new Map();
  /** @type {Map<string, Try | null>} each line is parsed once */ #parsed = new Map();
  /** @type {boolean} */ #guest = false;
  /** @type {boolean} */ #askedToPersist = false;
  /** @type {Set<() => void>} */ #listeners = new Set();

  /** @param {StoreParts} [parts] */
  constructor(parts = {}) {
    this.#local = "local" in parts ? (parts.local ?? null) : storageNamed("localStorage");
    this.#session = "session" in parts ? (parts.session ?? null) : storageNamed("sessionStorage");
    this.#now = parts.now ?? (() => new Date());
    this.#tab = parts.tab ?? Math.random().toString(36).slice(2, 10);
    this.#guest = readItem(this.#local, GUEST) === "1";
    if (typeof window !== "undefined") {
      window.addEventListener("storage", (event) => {
        if (event.key === null || event.key === GUEST) {
          this.#guest = readItem(this.#local, GUEST) === "1";
        }
        if (event.key === null || event.key.startsWith("wb.")) this.#changed();
      });
    }
  }

  /** @param {() => void} listener  called whenever what is kept may have changed */
  onChange(listener) {
    this.#listeners.add(listener);
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }

  get #shelf() {
    return this.#guest ? this.#session : this.#local;
  }

  /** Every [key, line], oldest first, read afresh: another tab may have written since. */
  #entries() {
    /** @type {Map<string, string>} */
    const found = new Map(this.#held);
    const shelf = this.#shelf;
    try {
      for (let i = 0; shelf && i < shelf.length; i += 1) {
        const key = shelf.key(i);
        if (!key?.startsWith(LINE)) continue;
        const line = shelf.getItem(key);
        if (line !== null) found.set(key, line);
      }
    } catch {
      // Storage went away under us; what is held in the page still stands.
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  /** @returns {Try[]} all that is kept and can be read, in the order committed */
  tries() {
    return this.#entries().flatMap(([, line]) => this.#parse(line) ?? []);
  }

  /** @param {string} line */
  #parse(line) {
    let found = this.#parsed.get(line);
    if (found === undefined) {
      found = readLine(line);
      this.#parsed.set(line, found);
    }
    return found;
  }

  /** @param {string[]} lines  appended after all that is there */
  #append(lines) {
    const last = this.#entries().at(-1)?.[0] ?? "";
    let count = Number.parseInt(last.slice(LINE.length), 10) || 0;
    for (const line of lines) {
      count += 1;
      const key = `${LINE}${String(count).padStart(8, "0")}.${this.#tab}`;
      if (!writeItem(this.#shelf, key, line)) this.#held.set(key, line);
    }
  }

  /**
   * The answers committed to an exercise so far, first to last. What is said beside them (which
   * words told the learner, a verdict on a claim) is given only where its stage is asked for.
   * @param {Question} face
   * @returns {unknown[]}
   */
  answers(face) {
    return this.#about(face)
      .filter((t) => (BESIDE.includes(String(face.stage)) ? t.stage === face.stage : !BESIDE.includes(String(t.stage))))
      .map((t) => t.answer);
  }

  /** @param {Question} face */
  #about(face) {
    return this.tries().filter((t) => t.case === face.case && t.exercise === face.id && t.revision === face.revision);
  }

  /**
   * Keep an answer. The same value again writes nothing; where nothing is marked, a learner may come
   * back to an earlier value, and then only the last one counts as the same.
   * @param {Question} face
   * @param {unknown} answer
   * @param {boolean} [comesBack]
   * @returns {boolean} whether a line was written
   */
  commit(face, answer, comesBack = false) {
    const known = this.#about(face).filter((t) => (t.stage ?? null) === (face.stage ?? null));
    if ((comesBack ? known.slice(-1) : known).some((t) => sameValue(t.answer, answer))) return false;
    this.#append([recordLine(face, answer, this.#now())]);
    this.#askToPersist();
    this.#changed();
    return true;
  }

  #askToPersist() {
    if (this.#askedToPersist || this.#guest || !this.#local) return;
    this.#askedToPersist = true;
    // A browser may still say no; the reminder to download covers that.
    if (typeof navigator !== "undefined") navigator.storage?.persist?.().catch(() => {});
  }

  /** How many answers are kept. */
  get count() {
    return this.tries().length;
  }

  /** How many answers have come since the last download. */
  get fresh() {
    return Math.max(0, this.count - (Number(readItem(this.#shelf, DOWNLOADED)) || 0));
  }

  /** Whether the learner said: not my computer. */
  get guest() {
    return this.#guest;
  }

  /**
   * Where the answers are: "kept" in this browser, in this "tab" only, or only in this "page"
   * because storage is off or full.
   * @returns {"kept" | "tab" | "page"}
   */
  get place() {
    if (this.#held.size || !this.#shelf) return "page";
    return this.#guest ? "tab" : "kept";
  }

  /** The whole record as text: what a notebook has in answers.jsonl. */
  text() {
    return this.#entries()
      .map(([, line]) => `${line}\n`)
      .join("");
  }

  /** Remember that all there is now has been downloaded. */
  downloaded() {
    writeItem(this.#shelf, DOWNLOADED, String(this.count));
    this.#changed();
  }

  /**
   * Merge a downloaded record. Lines that cannot be read are kept too, and skipped; a text in
   * which nothing can be read changes nothing.
   * @param {string} text
   * @returns {Restored}
   */
  restore(text) {
    const lines = text.replace(/^\ufeff/, "").split("\n").map((line) => line.replace(/\r$/, ""));
    if (!lines.some(readLine)) return { added: 0, known: 0, damaged: 0, readable: 0 };
    const result = this.#merge(lines);
    this.#changed();
    return result;
  }

  /** @param {string[]} lines */
  #merge(lines) {
    const seen = new Set(this.#entries().map(([, line]) => line));
    /** @type {Map<string, Try[]>} */
    const known = new Map();
    for (const one of this.tries()) shelve(known, one);
    const result = { added: 0, known: 0, damaged: 0, readable: 0 };
    const fresh = lines.filter((line) => {
      if (!line.trim() || learnerIn(line) !== null) return false; // the name stays in the file
      const repeated = seen.has(line);
      seen.add(line);
      const found = readLine(line);
      if (!found) {
        result.damaged += 1;
        return !repeated;
      }
      result.readable += 1;
      const isNew = shelve(known, found);
      result[isNew ? "added" : "known"] += 1;
      return isNew;
    });
    this.#append(fresh);
    return result;
  }

  /** Take every answer out of this browser. */
  erase() {
    this.#held.clear();
    for (const shelf of [this.#local, this.#session]) {
      for (const key of keysOf(shelf)) {
        if (key.startsWith(LINE) || key === DOWNLOADED) removeItem(shelf, key);
      }
    }
    this.#changed();
  }

  /**
   * "Not my computer": what has been kept moves to this tab, which forgets it when it closes; the
   * browser keeps nothing. Switched off, what this tab holds moves back into the browser.
   * @param {boolean} guest
   */
  setGuest(guest) {
    if (guest === this.#guest) return;
    const before = this.#shelf;
    const entries = this.#entries();
    const downloaded = readItem(before, DOWNLOADED);
    this.#held.clear();
    this.#guest = guest;
    this.#merge(entries.map(([, line]) => line));
    if (downloaded !== null) writeItem(this.#shelf, DOWNLOADED, downloaded);
    for (const [key] of entries) removeItem(before, key);
    removeItem(before, DOWNLOADED);
    if (guest) writeItem(this.#local, GUEST, "1");
    else removeItem(this.#local, GUEST);
    this.#changed();
  }
}

/**
 * @param {"localStorage" | "sessionStorage"} name
 * @returns {Storage | null}  null where the browser refuses even to be asked
 */
function storageNamed(name) {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
}

/**
 * @param {Storage | null} shelf
 * @param {string} key
 */
function readItem(shelf, key) {
  try {
    return shelf?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/**
 * @param {Storage | null} shelf
 * @param {string} key
 * @param {string} value
 * @returns {boolean} whether it was taken: storage can be full, off or private
 */
function writeItem(shelf, key, value) {
  try {
    shelf?.setItem(key, value);
    return shelf?.getItem(key) === value;
  } catch {
    return false;
  }
}

/**
 * @param {Storage | null} shelf
 * @param {string} key
 */
function removeItem(shelf, key) {
  try {
    shelf?.removeItem(key);
  } catch {
    // Nothing can be kept there, so nothing is left there.
  }
}

/** @param {Storage | null} shelf */
function keysOf(shelf) {
  /** @type {string[]} */
  const keys = [];
  try {
    for (let i = 0; shelf && i < shelf.length; i += 1) keys.push(shelf.key(i) ?? "");
  } catch {
    return [];
  }
  return keys;
}

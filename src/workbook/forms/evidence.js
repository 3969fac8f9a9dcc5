// @ts-check
// What a passage is worth for a claim: the rule, its steps and its finds. The twin of evidence.py.

import { fill } from "./misread.js";

/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./shapes.js").Dial} Dial */
/** @typedef {import("./shapes.js").Find} Find */
/** @typedef {Record<string, number | "N">} Profile */

export const UNKNOWN = "N";
/** Said in the place of a find: that none would move the verdict. */
export const NO_FIND = "none";
export const DIALS = ["fit", "closeness", "traceability", "faithfulness", "independence", "circumstances"];
const VERDICTS = ["not evidence for this claim", "very low", "low", "moderate", "high"];
/** Fit sets how high a verdict may be. */
const CEILING = [0, 2, 3, 4];

/** @param {Record<string, number>} profile */
function worth({ fit = 0, closeness = 0, traceability = 0, faithfulness = 0, independence = 0, circumstances = 0 }) {
  if (fit === 0) return 0;
  let place = closeness + 1;
  if (traceability <= 1) place -= 1;
  if (faithfulness <= 1) place -= 1;
  if (circumstances === 0) place -= 1;
  if (independence === 3 && faithfulness >= 2) place += 1;
  return Math.max(1, Math.min(place, CEILING[fit] ?? 4));
}

/**
 * @param {Profile} profile
 * @param {number} unknown  the level put for every N
 * @returns {Record<string, number>}
 */
function withLevel(profile, unknown) {
  return Object.fromEntries(DIALS.map((dial) => [dial, profile[dial] === UNKNOWN ? unknown : Number(profile[dial])]));
}

/**
 * The lowest and the highest verdict of a profile.
 * @param {Profile} profile
 * @returns {[number, number]}
 */
function spanOf(profile) {
  return [worth(withLevel(profile, 0)), worth(withLevel(profile, 3))];
}

/** @param {[number, number]} ends */
function spoken([low, high]) {
  return low === high ? `${VERDICTS[low]}` : `${VERDICTS[low]} to ${VERDICTS[high]}`;
}

/**
 * What the rule makes of a profile: one of four words, a range of them, or no evidence.
 * @param {Profile} profile
 */
export function verdictOf(profile) {
  return spoken(spanOf(profile));
}

/**
 * The rule step by step, in sentences; the last one gives the verdict.
 * @param {Profile} profile
 * @param {Dial[]} dials
 * @param {Words} words
 * @returns {string[]}
 */
export function ruleSteps(profile, dials, words) {
  const said = words.rule;
  /** @param {string} id */
  const label = (id) => dials.find((dial) => dial.id === id)?.label ?? id;
  const low = /** @type {Record<string, any>} */ (withLevel(profile, 0));
  const high = /** @type {Record<string, any>} */ (withLevel(profile, 3));
  /** @type {string[]} */
  const told = [];
  let [under, over] = [0, 0];
  /** @param {number} at */
  const name = (at) => (at < 1 ? said.below : at > 4 ? said.above : VERDICTS[at]);
  /**
   * @param {string} sentence
   * @param {string} dial
   * @param {string} [more]
   */
  function tell(sentence, dial, more = "") {
    const now = name(under) === name(over) ? name(under) : `${name(under)} to ${name(over)}`;
    told.push(fill(said[sentence], { dial: label(dial), level: String(profile[dial]), now, more }));
  }

  const fit = profile.fit;
  tell(fit === 0 ? "gate closed" : fit === UNKNOWN ? "gate unknown" : "gate open", "fit");
  if (fit === 0) return [...told, fill(said["end one"], { verdict: VERDICTS[0] ?? "" })];
  [under, over] = [low.closeness + 1, high.closeness + 1];
  tell(profile.closeness === UNKNOWN ? "start unknown" : "start", "closeness");
  for (const [dial, least] of /** @type {[string, number][]} */ ([
    ["traceability", 2],
    ["faithfulness", 2],
    ["circumstances", 1],
  ])) {
    const [down, perhaps] = [high[dial] < least, low[dial] < least];
    under -= Number(perhaps);
    over -= Number(down);
    tell(down ? "down" : perhaps ? "perhaps down" : "no step", dial);
  }
  const sure = low.independence === 3 && low.faithfulness >= 2;
  const perhaps = high.independence === 3 && high.faithfulness >= 2;
  under += Number(sure);
  over += Number(perhaps);
  if (perhaps) tell(sure ? "up" : "perhaps up", "independence");
  else tell(high.independence === 3 ? "up spoilt" : "no step", "independence");
  if (fit === 1 || fit === 2) {
    const top = CEILING[fit] ?? 4;
    tell(over > top ? "ceiling holds" : "ceiling idle", "fit", VERDICTS[top]);
  } else {
    tell(fit === UNKNOWN ? "ceiling unknown" : "no ceiling", "fit");
  }
  const ends = spanOf(profile);
  return [...told, fill(said[ends[0] === ends[1] ? "end one" : "end range"], { verdict: spoken(ends) })];
}

/**
 * The verdict without and with each find, a sentence each, and what a guess is worth: the find that
 * was guessed to move the verdict most, or `NO_FIND`.
 * @param {Profile} profile
 * @param {Find[]} finds
 * @param {string} picked
 * @param {Words} words
 * @returns {string[]}
 */
export function compareFinds(profile, finds, picked, words) {
  const said = words.finds;
  const before = spanOf(profile);
  /** @type {Map<string, number>} */
  const moves = new Map();
  const told = finds.map((find) => {
    const after = spanOf({ ...profile, ...find.sets });
    moves.set(find.id, Math.abs(after[0] - before[0]) + Math.abs(after[1] - before[1]));
    const same = before[0] === after[0] && before[1] === after[1];
    return fill(said[same ? "same" : "other"], { find: find.label, old: spoken(before), new: spoken(after) });
  });
  const most = Math.max(0, ...moves.values());
  const guessed = moves.has(picked) || picked === NO_FIND;
  const so = guessed ? [said[(picked === NO_FIND) === !most ? "guessed so" : "guessed otherwise"]] : [];
  if (finds.length === 1) return [...told, ...so];
  if (!most) return [...told, said["none moves"], ...so];
  if (!guessed) return told;
  const how = picked === NO_FIND ? "none" : moves.get(picked) === most ? "most" : "less";
  const furthest = finds.filter((find) => moves.get(find.id) === most).map((find) => find.label);
  return [...told, fill(said[`picked ${how}`], { finds: furthest.join("; ") })];
}

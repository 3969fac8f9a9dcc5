// @ts-check
// A learner's chain and the workbook's, side by side: who speaks on whose word, and how surely.

import { chip, make, phrase } from "./dom.js";
import { sameValue } from "./scoring.js";

/** @typedef {import("./shapes.js").Voice} Voice */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {{id: string, does?: string, maybe?: boolean}} Link  a voice of a chain, and what it does */
/**
 * @typedef {object} Account  how the workbook reads one statement of a passage
 * @property {string} label  which statement, where there are several
 * @property {Link[]} worded
 * @property {Link[][]} also  chains that can be defended
 * @property {Link[]} rebuilt
 * @property {number | null} from  the line by which it was rebuilt
 * @property {{of: string, values: Record<string, string>}[]} sure
 * @property {string[]} flags
 */

/**
 * A chain in a line, outer to inner.
 * @param {Link[]} chain
 * @param {(id: string) => Voice} voiceOf
 * @param {Words} words
 */
export function chainList(chain, voiceOf, words) {
  return make(
    "ol",
    { class: "wb-chain" },
    ...chain.map(({ id, does, maybe }) =>
      make(
        "li",
        {},
        chip(voiceOf(id)),
        maybe ? ` ${phrase(words, "whose_maybe")}` : null,
        does ? make("i", {}, ` ${does}`) : null,
      ),
    ),
  );
}

/**
 * How a learner's chain and the workbook's lie to one another, in a sentence.
 * @param {string[]} mine
 * @param {Account} ours
 * @param {(id: string) => Voice} voiceOf
 * @param {Words} words
 */
export function compareChains(mine, ours, voiceOf, words) {
  if (isChain(mine, ours.worded)) return phrase(words, "whose_same");
  if (ours.also.some((chain) => isChain(mine, chain))) return phrase(words, "whose_same_also");
  if (ours.rebuilt.length && isChain(mine, ours.rebuilt)) return phrase(words, "whose_same_rebuilt");
  const other = spelledOut(mine, ours.worded);
  const parts = other.findIndex((id, i) => id !== mine[i]);
  const shared = parts < 0 ? other.length : parts;
  const last = mine[shared - 1];
  if (last === undefined) return phrase(words, "whose_start");
  const where = { voice: voiceOf(last).label };
  if (shared === other.length) return phrase(words, "whose_longer", where);
  return phrase(words, shared === mine.length ? "whose_shorter" : "whose_apart", where);
}

/**
 * @param {string[]} mine
 * @param {Link[]} chain
 */
function isChain(mine, chain) {
  return sameValue(mine, spelledOut(mine, chain));
}

/**
 * A chain's voices, with those that may be left out only where the learner has them, too.
 * @param {string[]} mine
 * @param {Link[]} chain
 */
function spelledOut(mine, chain) {
  return chain.filter((link) => !link.maybe || mine.includes(link.id)).map((link) => link.id);
}

/**
 * What the workbook says of a passage, one account after another.
 * @param {string[]} mine
 * @param {Account[]} accounts
 * @param {(id: string) => Voice} voiceOf
 * @param {Words} words
 */
export function accountsOf(mine, accounts, voiceOf, words) {
  const several = accounts.length > 1;
  return [
    several ? make("p", {}, phrase(words, "whose_several", { n: accounts.length })) : null,
    ...accounts.flatMap((one) => [
      several && one.label ? make("p", { class: "wb-account-label" }, one.label) : null,
      several ? make("p", {}, compareChains(mine, one, voiceOf, words)) : null,
      make("dl", { class: "wb-pairs" }, ...accountRows(one, voiceOf, words)),
    ]),
  ];
}

/**
 * @param {Account} one
 * @param {(id: string) => Voice} voiceOf
 * @param {Words} words
 */
function accountRows(one, voiceOf, words) {
  const drawn = (/** @type {Link[]} */ chain) => chainList(chain, voiceOf, words);
  const row = (/** @type {string} */ name, /** @type {import("./dom.js").Child[]} */ ...said) => [
    make("dt", {}, phrase(words, name)),
    make("dd", {}, ...said),
  ];
  const { from } = one;
  return [
    ...row("whose_worded", drawn(one.worded)),
    ...(one.also.length ? row("whose_also", ...one.also.map(drawn)) : []),
    ...(one.rebuilt.length
      ? row(
          "whose_rebuilt",
          drawn(one.rebuilt),
          from === null ? null : make("p", {}, make("a", { href: `#line-${from}` }, phrase(words, "whose_from", { n: from }))),
        )
      : []),
    ...one.sure.flatMap(({ of, values }) =>
      row(
        "whose_sure",
        make("p", {}, of),
        make(
          "ul",
          {},
          ...Object.entries(values).map(([id, value]) => make("li", {}, chip(voiceOf(id)), `: ${words.values[value] ?? value}`)),
        ),
      ),
    ),
    ...(one.flags.length ? row("whose_flags", `${one.flags.join("; ")}.`) : []),
  ];
}

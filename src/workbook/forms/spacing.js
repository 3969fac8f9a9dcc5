// @ts-check
// Which questions are due again. The twin of `due_among` in spacing.py.

import { BESIDE } from "./store.js";

/** @typedef {{revision: number, twin: string, title: string, page: string}} Return */
/** @typedef {import("./store.js").Try} Try */

/** How many chapters later: see spacing.py. */
export const RETURNS = [2, 5];

/**
 * Whether a line of the record was said beside an answer, and is none.
 * @param {{stage: unknown}} one
 */
export function isAside(one) {
  return BESIDE.includes(String(one.stage));
}

/**
 * The exercises whose twins the answers call for, in the order of the answers.
 * @param {Record<string, {revision: number, twin: string}>} returns
 * @param {string} caseId
 * @param {Try[]} tries
 * @returns {string[]} the twins
 */
export function dueAmong(returns, caseId, tries) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const one of tries) {
    const known = Object.hasOwn(returns, one.exercise) ? returns[one.exercise] : undefined;
    if (!known || one.case !== caseId || one.revision !== known.revision) continue;
    if (!isAside(one)) found.add(known.twin);
  }
  return [...found];
}

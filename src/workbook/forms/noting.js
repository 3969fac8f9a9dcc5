// @ts-check
// What is found in an answer that is noted and never marked. The twin of the `note` and the `stage`
// of every noted kind in kinds/.

import { noteColumn, noteRating, rateStage } from "./rating.js";
import { noteWriting } from "./writing.js";
import { matrixStage, noteMatrix } from "./weighing.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Words} Words */

/** @typedef {(face: Face, key: Key, answers: any[], words: Words) => [string, boolean]} Note */
/** @typedef {(face: Face, answer: any) => string | null} StageOf */

/** @type {Record<string, Note>} the kinds that are noted, and what each finds */
const NOTES = { column: noteColumn, matrix: noteMatrix, rate: noteRating, write: noteWriting };

/** @type {Record<string, StageOf>} the kinds that are answered in stages */
const STAGES = { matrix: matrixStage, rate: rateStage };

/**
 * Whether answers of this kind are noted and never marked.
 * @param {Face} face
 */
export function isNoted(face) {
  return face.kind in NOTES;
}

/**
 * What is found in the last of the answers, and whether our own reading may be shown now.
 * @param {Face} face
 * @param {Key} key
 * @param {any[]} answers
 * @param {Words} words
 */
export function noteAnswer(face, key, answers, words) {
  const note = NOTES[face.kind];
  return note ? note(face, key, answers, words) : /** @type {[string, boolean]} */ (["", true]);
}

/**
 * The stage that an answer belongs to, told from the answer itself.
 * @param {Face} face
 * @param {unknown} answer
 */
export function stageOf(face, answer) {
  return STAGES[face.kind]?.(face, answer) ?? null;
}

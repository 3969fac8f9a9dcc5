// @ts-check
// What an answer is worth, and which mistake it makes. The twin of the `score` and the `makes` of
// every kind in kinds/.

import { fill } from "./misread.js";
import { certaintyScore, chainScore, choicesScore, markScore, numberScore, orderScore, sameValue } from "./scoring.js";
import { makesProvenance, scoreProvenance } from "./tracing.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Reading} Reading */
/** @typedef {import("./shapes.js").Mistake} Mistake */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {[number, string, Reading | null]} Scored */

/**
 * Whether an answer makes a declared mistake.
 * @param {Face["kind"]} kind
 * @param {Mistake} mistake
 * @param {any} answer
 */
export function makes(kind, mistake, answer) {
  if (kind === "mark") {
    if (mistake.touches) return mistake.touches.some((token) => answer.includes(token));
    return sameValue(mistake.tokens, answer);
  }
  if (kind === "choices") {
    if (typeof mistake.has === "string") return answer.includes(mistake.has);
    if (typeof mistake.lacks === "string") return !answer.includes(mistake.lacks);
  }
  if (kind === "order" && mistake.before) {
    return answer.indexOf(mistake.before[0]) < answer.indexOf(mistake.before[1]);
  }
  if (kind === "number") return numberScore(answer, mistake.answer, mistake.tolerance ?? 0.0) === 1;
  if (kind === "certainty" || kind === "classify" || kind === "drift") {
    return Object.entries(mistake.answer).every(([voice, value]) => answer[voice] === value);
  }
  if (kind === "provenance") return makesProvenance(mistake, answer);
  return sameValue(mistake.answer, answer);
}

/**
 * Score, the sentence on which part stands, and the reading that scored best.
 * @param {Face} face
 * @param {Key} key
 * @param {any} answer
 * @param {Words} words
 * @returns {Scored}
 */
export function scoreAnswer(face, key, answer, words) {
  if (face.kind === "chain") return scoreChain(face, key, answer, words);
  /** @type {Scored} */
  let best = [-1.0, "", null];
  for (const reading of key.readings) {
    const [score, part] = scoreReading(face.kind, reading, answer, words);
    if (score > best[0]) best = [score, part, reading];
  }
  return best;
}

/**
 * @param {Face["kind"]} kind
 * @param {Reading} reading
 * @param {any} answer
 * @param {Words} words
 * @returns {[number, string]}
 */
function scoreReading(kind, reading, answer, words) {
  if (kind === "choice") return [answer === reading.answer ? 1.0 : 0.0, ""];
  if (kind === "mark") {
    const [score, off] = markScore(answer, reading.minimal ?? [], reading.maximal ?? []);
    return [score, off ? words.parts[`mark ${off}`] : ""];
  }
  if (kind === "choices") {
    const [score, right, wrong] = choicesScore(answer, reading.answer);
    if (!right) return [score, words.parts["choices none"]];
    if (!wrong) return [score, score === 1 ? "" : words.parts["choices short"]];
    return [score, fill(words.parts["choices mixed"], { right, wrong })];
  }
  if (kind === "order") {
    const [score, right, all] = orderScore(answer, reading.answer);
    if (!right) return [score, words.parts["order reversed"]];
    return [score, score === 1 ? "" : fill(words.parts.order, { right, all })];
  }
  if (kind === "number") {
    const score = numberScore(answer, reading.answer, reading.tolerance ?? 0.0);
    const off = answer > reading.answer ? "number large" : "number small";
    return [score, score === 1 ? "" : words.parts[off]];
  }
  if (kind === "provenance") return scoreProvenance(reading, answer, words);
  const rows = Object.entries(reading.answer);
  const all = rows.length;
  if (kind === "certainty") {
    const each = rows.map(([voice, wanted]) => certaintyScore(answer[voice], wanted));
    const total = each.reduce((sum, one) => sum + one, 0.0);
    if (all === 1) return [total, total > 0 && total < 1 ? words.parts["certainty near"] : ""];
    return share("certainty", total / all, each.filter((one) => one === 1).length, all, words);
  }
  const right = rows.filter(([row, label]) => answer[row] === label).length;
  return share("grid", right / all, right, all, words);
}

/**
 * @param {string} sentence
 * @param {number} score
 * @param {number} right
 * @param {number} all
 * @param {Words} words
 * @returns {[number, string]}
 */
function share(sentence, score, right, all, words) {
  return [score, score === 1 ? "" : fill(words.parts[sentence], { right, all })];
}

/**
 * Readings are scored together, since what is right in one is not invented in another.
 * @param {Face} face
 * @param {Key} key
 * @param {string[]} answer
 * @param {Words} words
 * @returns {Scored}
 */
function scoreChain(face, key, answer, words) {
  for (const reading of key.readings) {
    if (reading.chains?.some((chain) => sameValue(chain, answer))) return [1.0, "", reading];
  }
  const [score, stands, off] = chainScore(
    answer,
    key.readings.flatMap((reading) => reading.chains ?? []),
  );
  if (off === "reversed" || off === "alone") return [score, words.parts[`chain ${off}`], null];
  if (!stands) return [score, words.parts["chain outer"], null];
  const label = face.voices.find((voice) => voice.id === answer[stands - 1])?.label ?? "";
  return [score, `${fill(words.parts["chain stands"], { voice: label })} ${words.parts[`chain ${off}`]}`, null];
}

// @ts-check
// A learner's name or number: in the downloaded file and in its name, and nowhere else. This page
// holds it in its field until it is left; no storage of the browser ever does.

import { make, phrase } from "./dom.js";
import { isRecord } from "./scoring.js";

/** @typedef {import("./shapes.js").Words} Words */

/** As long as record.py takes it. */
const LONGEST_NAME = 80;

/**
 * A name as one line: no control characters, no half characters, single spaces.
 * @param {string} said
 */
export function tidyName(said) {
  const whole = said.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  return [...whole.replace(/[\s\p{C}]+/gu, " ").trim()].slice(0, LONGEST_NAME).join("").trim();
}

/**
 * The line that goes before all answers, byte for byte as record.py writes it; nothing for no name.
 * @param {string} name
 */
export function learnerLine(name) {
  return name ? `${JSON.stringify({ format: 1, learner: name })}\n` : "";
}

/**
 * The name in such a line; null for any other line.
 * @param {string} line
 * @returns {string | null}
 */
export function learnerIn(line) {
  if (!line.includes('"learner"')) return null;
  try {
    const value = JSON.parse(line);
    const ours = isRecord(value) && value.format === 1 && !Object.hasOwn(value, "answer");
    return ours && typeof value.learner === "string" ? tidyName(value.learner) : null;
  } catch {
    return null;
  }
}

/**
 * A file's name with the learner's: letters and digits stay, all else is a hyphen.
 * @param {string} name
 */
export function fileNameFor(name) {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const short = [...plain].slice(0, 40).join("").replace(/-$/, "");
  return short ? `answers-${short}.jsonl` : "answers.jsonl";
}

/** @param {Words} words */
export function learnerField(words) {
  const input = make("input", { type: "text", id: "wb-learner", class: "wb-learner-input", maxlength: LONGEST_NAME, autocomplete: "off", spellcheck: "false", "aria-describedby": "wb-learner-note" });
  const field = make(
    "div",
    { class: "wb-learner" },
    make("label", { for: "wb-learner" }, phrase(words, "learner")),
    input,
    make("p", { id: "wb-learner-note" }, phrase(words, "learner_note")),
  );
  return { field, input };
}

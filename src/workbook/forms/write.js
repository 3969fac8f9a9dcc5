// @ts-check
// The face of a written answer: a text field, and how many words stand in it.

import { make, phrase } from "./dom.js";
import { countWords, wordsOf } from "./quotations.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function writeFace({ face, words, uid, changed }) {
  const { least, most } = face.words ?? { least: 1, most: 1000 };
  const cited = face.sources.at(-1);
  const how = phrase(words, "write_how", { voice: cited?.voice.label ?? "", line: cited?.line ?? 1 });
  const field = make("textarea", {
    class: "wb-write",
    id: `${uid}-write`,
    rows: 8,
    dir: "auto",
    "aria-describedby": `${uid}-count ${uid}-cite`,
  });
  // Not live: a count that speaks at every word would drown what the learner writes.
  const count = make("p", { class: "wb-write-count", id: `${uid}-count` });
  const showCount = () => {
    count.textContent = phrase(words, "write_count", { n: countWords(field.value), least, most });
  };
  const element = make(
    "div",
    { class: "wb-face wb-write-face" },
    make("label", { class: "wb-legend", for: `${uid}-write` }, phrase(words, "your_text")),
    make("p", { class: "wb-write-how", id: `${uid}-cite` }, how),
    field,
    count,
  );
  field.addEventListener("input", () => {
    showCount();
    changed();
  });
  showCount();
  return {
    element,
    read: () => field.value,
    missing: () => (wordsOf(field.value).length ? "" : phrase(words, "missing_text")),
    show(answer) {
      field.value = typeof answer === "string" ? answer : "";
      showCount();
    },
  };
}

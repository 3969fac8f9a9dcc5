// @ts-check
// A dial as radio buttons with their sentences, and whose words a passage is.

import { chip, make, phrase } from "./dom.js";
import { UNKNOWN } from "./evidence.js";
import { withBreaks } from "./passage.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Dial} Dial */
/** @typedef {import("./shapes.js").Reveal} Reveal */
/** @typedef {import("./shapes.js").Voice} Voice */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {{dial: Dial, element: HTMLElement, read: () => number | "N" | null,
 *   show: (level: unknown) => void}} DialField */

/**
 * @param {Bench} bench
 * @param {Dial} dial
 * @param {string} name  tells this field from the others of its form
 * @returns {DialField}
 */
export function dialField({ face, uid }, dial, name) {
  const offered = [...dial.anchors.map((sentence, level) => ({ level: String(level), sentence })), { level: UNKNOWN, sentence: face.unknown ?? "" }];
  const radios = offered.map(({ level }) =>
    make("input", { type: "radio", name: `${uid}-${name}`, value: level, class: "wb-radio" }),
  );
  const element = make(
    "fieldset",
    { class: "wb-dial" },
    make(
      "legend",
      { class: "wb-legend" },
      make("span", { class: "wb-dial-name" }, dial.label),
      " ",
      make("span", { class: "wb-dial-question" }, dial.question),
    ),
    ...offered.map(({ level, sentence }, i) =>
      make(
        "label",
        { class: "wb-level" },
        radios[i],
        make("span", { class: "wb-level-sign" }, level),
        " ",
        make("span", {}, sentence),
      ),
    ),
  );
  return {
    dial,
    element,
    read() {
      const chosen = radios.find((radio) => radio.checked)?.value;
      if (chosen === undefined) return null;
      return chosen === UNKNOWN ? UNKNOWN : Number(chosen);
    },
    show(level) {
      const wanted = typeof level === "number" || level === UNKNOWN ? String(level) : "";
      for (const radio of radios) radio.checked = radio.value === wanted;
    },
  };
}

/**
 * A passage with its voice, or, before it is revealed, with the promise that it will be.
 * @param {string} text
 * @param {Reveal | null | undefined} reveal
 * @param {Words} words
 */
export function wordsFigure(text, reveal, words) {
  return make(
    "figure",
    { class: `wb-passage wb-voice-${reveal?.voice.colour ?? 0}` },
    make(
      "figcaption",
      { class: "wb-source" },
      ...(reveal
        ? [chip(reveal.voice), make("span", { class: "wb-line" }, phrase(words, "line", { n: reveal.line }))]
        : [make("span", { class: "wb-line" }, phrase(words, "rate_hidden"))]),
    ),
    make("blockquote", {}, ...withBreaks(text.trim())),
  );
}

/**
 * The voices that stand behind a passage; nothing where they are left to another question.
 * @param {Reveal | null | undefined} reveal
 * @param {Words} words
 */
export function roadList(reveal, words) {
  /** @type {[string, Voice[]][]} */
  const roads = [
    ["rate_chain", reveal?.chain ?? []],
    ["rate_reconstructed", reveal?.reconstructed ?? []],
  ];
  return roads
    .filter(([, voices]) => voices.length)
    .map(([name, voices]) =>
      make(
        "div",
        { class: "wb-road" },
        make("p", { class: "wb-road-name" }, phrase(words, name)),
        make("ol", { class: "wb-road-voices" }, ...voices.map((voice) => make("li", {}, chip(voice)))),
      ),
    );
}

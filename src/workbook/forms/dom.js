// @ts-check
// Small tools for making elements. Everything a person wrote arrives as text, never as HTML.

import { fill } from "./misread.js";

/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./shapes.js").Voice} Voice */
/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | null | undefined>} attributes  `true` sets it empty; null and false leave it out
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child || child === "") element.append(child);
  }
  return element;
}

/**
 * @param {string} label
 * @param {string} look  a class
 * @param {() => void} act
 */
export function button(label, look, act) {
  const element = make("button", { type: "button", class: `wb-button ${look}` }, label);
  element.addEventListener("click", () => {
    // aria-disabled keeps the focus where it is; `disabled` would throw it away
    if (element.getAttribute("aria-disabled") !== "true") act();
  });
  return element;
}

/**
 * @param {Element} element
 * @param {boolean} off
 */
export function setOff(element, off) {
  if (off) element.setAttribute("aria-disabled", "true");
  else element.removeAttribute("aria-disabled");
}

/**
 * A sentence of the interface from words.json, its {blanks} filled.
 * @param {Words} words
 * @param {string} name
 * @param {Record<string, string | number>} [parts]
 * @returns {string}
 */
export function phrase(words, name, parts = {}) {
  const sentence = words.ui?.[name];
  // A translation may lack a sentence; its name in plain letters is better than a blank button.
  return typeof sentence === "string" ? fill(sentence, parts) : name.replaceAll("_", " ");
}

/**
 * A voice as it is drawn everywhere: mark, colour and label, never colour alone.
 * @param {Voice} voice
 */
export function chip(voice) {
  const colour = voice.colour ? `wb-voice-${voice.colour}` : "wb-voice-0";
  return make(
    "span",
    { class: `wb-chip ${colour}` },
    make("span", { class: "wb-mark", "aria-hidden": "true" }, voice.mark || "·"),
    make("span", { class: "wb-chip-label" }, voice.label),
  );
}

const STROKES = {
  correct: "M4 12.5l5 5L20 6.5",
  partly: "M12 3a9 9 0 1 0 0 18V3z M12 3a9 9 0 0 1 0 18",
  "not yet": "M20 12a8 8 0 1 1-2.6-5.9 M20 3.5v4.2h-4.2",
  unanswered: "M5 12h.01 M12 12h.01 M19 12h.01",
  noted: "M4 20l1-4L16 5l3 3L8 19l-4 1z M14 7l3 3",
};

/**
 * The verdict's sign. The word always stands beside it.
 * @param {string} verdict
 */
export function sign(verdict) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "wb-sign");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", STROKES[/** @type {keyof typeof STROKES} */ (verdict)] ?? STROKES.noted);
  svg.append(path);
  if (verdict === "partly") {
    const half = document.createElementNS("http://www.w3.org/2000/svg", "path");
    half.setAttribute("d", "M12 3a9 9 0 1 0 0 18V3z");
    half.setAttribute("class", "wb-sign-full");
    svg.append(half);
  }
  return svg;
}

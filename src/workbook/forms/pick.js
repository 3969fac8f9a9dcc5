// @ts-check
// The faces of a choice, one radio group, and of choices, one group of check boxes.

import { make, phrase } from "./dom.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function choiceFace(bench) {
  const { inputs, element } = optionGroup(bench, "radio", "choose_one");
  const read = () => inputs.find((input) => input.checked)?.value ?? null;
  return {
    element,
    read,
    missing: () => (read() === null ? phrase(bench.words, "missing_choice") : ""),
    show(answer) {
      for (const input of inputs) input.checked = input.value === answer;
    },
  };
}

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function choicesFace(bench) {
  const { inputs, element } = optionGroup(bench, "checkbox", "choose_all");
  const read = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    element,
    read: () => (read().length ? read() : null),
    missing: () => (read().length ? "" : phrase(bench.words, "missing_choices")),
    show(answer) {
      for (const input of inputs) input.checked = Array.isArray(answer) && answer.includes(input.value);
    },
  };
}

/**
 * @param {Bench} bench
 * @param {"radio" | "checkbox"} type
 * @param {string} asked
 */
function optionGroup({ face, words, uid, changed }, type, asked) {
  const look = type === "radio" ? "wb-radio" : "wb-check-box";
  const inputs = face.options.map((option) =>
    make("input", { type, name: `${uid}-choice`, value: option.id, class: look }),
  );
  const element = make(
    "fieldset",
    { class: "wb-face wb-options" },
    make("legend", { class: "wb-legend" }, phrase(words, asked)),
    ...face.options.map((option, i) =>
      make("label", { class: "wb-option" }, inputs[i], make("span", {}, option.label)),
    ),
  );
  element.addEventListener("change", changed);
  return { inputs, element };
}

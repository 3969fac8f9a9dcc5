// @ts-check
// The face of a choice: one radio group.

import { make, phrase } from "./dom.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function choiceFace({ face, words, uid, changed }) {
  const radios = face.options.map((option) =>
    make("input", { type: "radio", name: `${uid}-choice`, value: option.id, class: "wb-radio" }),
  );
  const element = make(
    "fieldset",
    { class: "wb-face wb-options" },
    make("legend", { class: "wb-legend" }, phrase(words, "choose_one")),
    ...face.options.map((option, i) =>
      make("label", { class: "wb-option" }, radios[i], make("span", {}, option.label)),
    ),
  );
  element.addEventListener("change", changed);
  const read = () => radios.find((radio) => radio.checked)?.value ?? null;
  return {
    element,
    read,
    missing: () => (read() === null ? phrase(words, "missing_choice") : ""),
    show(answer) {
      for (const radio of radios) radio.checked = radio.value === answer;
    },
  };
}

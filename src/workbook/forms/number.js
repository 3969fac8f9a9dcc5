// @ts-check
// The face of a number: one text field with its unit. Comma and point are both a decimal mark.

import { make, phrase } from "./dom.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function numberFace({ face, words, uid, changed }) {
  const field = make("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    class: "wb-number",
    id: `${uid}-number`,
    "aria-describedby": `${uid}-unit`,
  });
  const element = make(
    "div",
    { class: "wb-face wb-number-row" },
    make("label", { class: "wb-legend", for: `${uid}-number` }, phrase(words, "your_number")),
    field,
    make("span", { class: "wb-unit", id: `${uid}-unit` }, face.unit ?? ""),
  );
  element.addEventListener("input", changed);
  return {
    element,
    read: () => numberIn(field.value),
    missing() {
      const found = field.value.trim();
      if (!found) return phrase(words, "missing_number");
      if (/^[1-9][0-9]{0,2}[.,][0-9]{3}$/.test(found)) return phrase(words, "number_two_ways", { found });
      return numberIn(found) === null ? phrase(words, "number_unread", { found: found.slice(0, 60) }) : "";
    },
    show(answer) {
      field.value = typeof answer === "number" ? String(answer) : "";
    },
  };
}

/**
 * The number that somebody wrote, or null.
 * @param {string} written
 */
function numberIn(written) {
  const plain = written.replaceAll(/\s/g, "").replace("\u2212", "-").replace(",", ".");
  return /^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)$/.test(plain) ? Number(plain) : null;
}

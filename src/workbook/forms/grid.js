// @ts-check
// The face of certainty: for each voice one row of radios, in words.

import { chip, make, phrase } from "./dom.js";
import { isRecord } from "./scoring.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function certaintyFace({ face, words, uid, changed }) {
  const rows = face.voices.map((voice) => {
    const radios = face.values.map((value) =>
      make("input", { type: "radio", name: `${uid}-${voice.id}`, value: value.id, class: "wb-radio" }),
    );
    const element = make(
      "fieldset",
      { class: "wb-row" },
      make("legend", { class: "wb-legend" }, chip(voice)),
      make(
        "div",
        { class: "wb-scale" },
        ...face.values.map((value, i) =>
          make("label", { class: "wb-step" }, radios[i], make("span", {}, value.label)),
        ),
      ),
    );
    return { voice, radios, element, read: () => radios.find((radio) => radio.checked)?.value };
  });
  const element = make(
    "div",
    { class: "wb-face wb-grid", role: "group", "aria-labelledby": `${uid}-statement` },
    make(
      "div",
      { class: "wb-statement", id: `${uid}-statement` },
      make("span", { class: "wb-statement-name" }, phrase(words, "statement")),
      make("p", {}, face.proposition ?? face.title),
    ),
    ...rows.map((row) => row.element),
  );
  element.addEventListener("change", changed);
  return {
    element,
    read() {
      /** @type {Record<string, string>} */
      const answer = {};
      for (const row of rows) {
        const value = row.read();
        if (value !== undefined) answer[row.voice.id] = value;
      }
      return Object.keys(answer).length ? answer : null;
    },
    missing() {
      const open = rows.filter((row) => row.read() === undefined);
      if (!open.length) return "";
      if (open.length === rows.length) return phrase(words, "missing_rows");
      return phrase(words, "missing_some_rows", { voices: open.map((row) => row.voice.label).join(", ") });
    },
    show(answer) {
      for (const row of rows) {
        const value = isRecord(answer) && Object.hasOwn(answer, row.voice.id) ? answer[row.voice.id] : null;
        for (const radio of row.radios) radio.checked = radio.value === value;
      }
    },
  };
}

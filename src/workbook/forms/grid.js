// @ts-check
// The faces with rows: for each voice its certainty, for each row its label, and what changed in it.

import { chip, make, phrase } from "./dom.js";
import { isRecord } from "./scoring.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Runs} Runs */
/** @typedef {{id: string, label: string, legend: Node[]}} GridRow */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function certaintyFace(bench) {
  const { face, words, uid } = bench;
  const rows = face.voices.map((voice) => ({ id: voice.id, label: voice.label, legend: [chip(voice)] }));
  const statement = make(
    "div",
    { class: "wb-statement", id: `${uid}-statement` },
    make("span", { class: "wb-statement-name" }, phrase(words, "statement")),
    make("p", {}, face.proposition ?? face.title),
  );
  return gridBody(bench, rows, { head: [statement], named: `${uid}-statement`, look: "wb-scale", open: "missing_rows" });
}

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function classifyFace(bench) {
  const rows = bench.face.rows.map((row) => ({ ...row, legend: [document.createTextNode(row.label)] }));
  return gridBody(bench, rows, { head: [], named: `${bench.uid}-prompt`, look: "wb-labels", open: "missing_labels" });
}

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function driftFace(bench) {
  const { face, words, uid } = bench;
  const names = ["drift_original", "drift_copy"];
  const sources = make(
    "dl",
    { class: "wb-sources" },
    ...face.sources.flatMap((source, i) => [
      make("dt", {}, phrase(words, names[i] ?? "")),
      make(
        "dd",
        { class: `wb-voice-${source.voice.colour ?? 0}` },
        chip(source.voice),
        " ",
        make("span", { class: "wb-line" }, phrase(words, "line", { n: source.line })),
      ),
    ]),
  );
  const rows = face.rows.map((row) => ({ ...row, legend: [side("drift_original", row.original), side("drift_copy", row.copy)] }));

  /**
   * @param {string} name
   * @param {Runs=} runs
   */
  function side(name, runs = []) {
    const said = runs.flatMap(([text, differs], i) => [
      i ? " " : "",
      differs ? make("mark", { class: "wb-differs" }, text) : text,
    ]);
    return make(
      "span",
      { class: "wb-side" },
      make("span", { class: "wb-side-name" }, phrase(words, name)),
      make("span", { class: "wb-side-words" }, ...(runs.length ? said : [phrase(words, "left_out")])),
    );
  }

  return gridBody(bench, rows, { head: [sources], named: `${uid}-prompt`, look: "wb-labels", open: "missing_labels" });
}

/**
 * @param {Bench} bench
 * @param {GridRow[]} given
 * @param {{head: Node[], named: string, look: string, open: string}} parts
 * @returns {Body}
 */
function gridBody({ face, words, uid, changed }, given, { head, named, look, open }) {
  const rows = given.map((row, place) => {
    const radios = face.values.map((value) =>
      make("input", { type: "radio", name: `${uid}-row${place}`, value: value.id, class: "wb-radio" }),
    );
    const element = make(
      "fieldset",
      { class: "wb-row" },
      make("legend", { class: "wb-legend" }, ...row.legend),
      make(
        "div",
        { class: look },
        ...face.values.map((value, i) =>
          make("label", { class: "wb-step" }, radios[i], make("span", {}, value.label)),
        ),
      ),
    );
    return { row, radios, element, read: () => radios.find((radio) => radio.checked)?.value };
  });
  const element = make(
    "div",
    { class: "wb-face wb-grid", role: "group", "aria-labelledby": named },
    ...head,
    ...rows.map((row) => row.element),
  );
  element.addEventListener("change", changed);
  return {
    element,
    read() {
      const chosen = rows.flatMap(({ row, read }) => {
        const value = read();
        return value === undefined ? [] : [[row.id, value]];
      });
      return chosen.length ? Object.fromEntries(chosen) : null;
    },
    missing() {
      const empty = rows.filter((row) => row.read() === undefined);
      if (!empty.length) return "";
      if (empty.length === rows.length) return phrase(words, open);
      return phrase(words, "missing_some_rows", { voices: empty.map(({ row }) => row.label).join(", ") });
    },
    show(answer) {
      for (const { row, radios } of rows) {
        const value = isRecord(answer) && Object.hasOwn(answer, row.id) ? answer[row.id] : null;
        for (const radio of radios) radio.checked = radio.value === value;
      }
    },
  };
}

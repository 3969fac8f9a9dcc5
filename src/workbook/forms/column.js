// @ts-check
// The face of a column: one dial, and one passage at a time, so that no passage leans on another.

import { dialField, roadList, wordsFigure } from "./dials.js";
import { button, make, phrase, setOff } from "./dom.js";
import { isRecord } from "./scoring.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function columnFace(bench) {
  const { face, words, uid, say, changed } = bench;
  const dial = face.dials?.[0];
  if (!dial) throw new Error(`${face.id}: no dial to set`);
  let turn = 0;
  const pages = face.rows.map((row, i) => {
    const field = dialField(bench, dial, `passage${i}`);
    const place = phrase(words, "column_passage", { n: i + 1, all: face.rows.length });
    const element = make(
      "div",
      { class: "wb-page", role: "group", "aria-label": place },
      make("p", { class: "wb-page-name" }, place),
      wordsFigure(row.words ?? row.label, row.reveal, words),
      ...roadList(row.reveal, words),
      field.element,
    );
    return { row, field, place, element };
  });
  const earlier = button(phrase(words, "column_earlier"), "wb-quiet", () => go(turn - 1));
  const next = button(phrase(words, "column_next"), "wb-quiet", () => go(turn + 1));
  const count = make("span", { class: "wb-turn" });
  const element = make(
    "div",
    { class: "wb-face wb-column", role: "group", "aria-labelledby": `${uid}-prompt` },
    Boolean(face.claim) &&
      make(
        "div",
        { class: "wb-statement" },
        make("span", { class: "wb-statement-name" }, phrase(words, "rate_claim")),
        make("p", {}, face.claim ?? ""),
      ),
    ...pages.map((page) => page.element),
    make("div", { class: "wb-turns wb-page-turns" }, earlier, count, next),
  );
  element.addEventListener("change", () => {
    update();
    changed();
  });

  /** @param {number} to */
  function go(to) {
    turn = Math.max(0, Math.min(pages.length - 1, to));
    update();
    const page = pages[turn];
    if (page) say(`${page.place}: ${page.row.label}`);
  }

  function update() {
    pages.forEach((page, i) => page.element.classList.toggle("wb-off-page", i !== turn));
    const n = pages.filter((page) => page.field.read() !== null).length;
    count.textContent = phrase(words, "column_set", { n, all: pages.length });
    setOff(earlier, turn === 0);
    setOff(next, turn === pages.length - 1);
  }

  update();
  return {
    element,
    read: () => Object.fromEntries(pages.map((page) => [page.row.id, page.field.read()])),
    missing() {
      const open = pages.filter((page) => page.field.read() === null);
      if (!open.length) return "";
      turn = pages.findIndex((page) => page.field.read() === null);
      update();
      return phrase(words, "missing_column", { n: open.length, all: pages.length });
    },
    show(answer) {
      const known = isRecord(answer) ? answer : {};
      for (const page of pages) page.field.show(known[page.row.id]);
      update();
    },
  };
}

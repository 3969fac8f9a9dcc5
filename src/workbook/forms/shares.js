// @ts-check
// A hundred points shared out among explanations, and how many are left.

import { button, make, phrase } from "./dom.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {{element: HTMLElement, read: () => Record<string, number>, missing: () => string,
 *   show: (shares: unknown) => void}} SharesField */

const POINTS = 100;

/**
 * @param {Bench} bench
 * @param {string} name  tells the fields before from those after
 * @param {string} about  the legend
 * @returns {SharesField}
 */
export function sharesField({ face, words, uid, say, changed }, name, about) {
  const left = make("p", { class: "wb-shares-left", id: `${uid}-${name}-left` });
  const rows = face.rows.map((row, i) => {
    const field = make("input", {
      type: "text",
      inputmode: "numeric",
      autocomplete: "off",
      class: "wb-number wb-share",
      id: `${uid}-${name}-${i}`,
      "aria-describedby": `${uid}-${name}-left`,
    });
    const label = make("label", { for: `${uid}-${name}-${i}` }, phrase(words, "matrix_points", { row: row.label }));
    return { row, field, element: make("div", { class: "wb-share-row" }, label, field) };
  });
  const equal = button(phrase(words, "matrix_equal"), "wb-quiet", () => {
    rows.forEach(({ field }, i) => {
      const more = i < POINTS % rows.length ? 1 : 0;
      field.value = String(Math.floor(POINTS / rows.length) + more);
    });
    update();
    say(left.textContent ?? "");
  });
  const element = make(
    "fieldset",
    { class: "wb-shares" },
    make("legend", { class: "wb-legend" }, about),
    ...rows.map((row) => row.element),
    left,
    equal,
  );

  /** @param {HTMLInputElement} field  an empty field is no points */
  function points(field) {
    const written = field.value.trim();
    return /^[0-9]{0,3}$/.test(written) && Number(written) <= POINTS ? Number(written) : null;
  }

  function over() {
    return rows.reduce((all, { field }) => all + (points(field) ?? 0), 0) - POINTS;
  }

  function update() {
    const n = over();
    if (n > 0) left.textContent = phrase(words, "matrix_over", { n });
    else left.textContent = n < 0 ? phrase(words, "matrix_left", { n: -n }) : phrase(words, "matrix_done");
    changed();
  }

  element.addEventListener("input", update);
  update();
  return {
    element,
    read: () => Object.fromEntries(rows.map(({ row, field }) => [row.id, points(field) ?? 0])),
    missing() {
      const unread = rows.find(({ field }) => points(field) === null);
      if (unread) return phrase(words, "missing_share_number", { row: unread.row.label });
      const n = over();
      if (n > 0) return phrase(words, "missing_shares_over", { n });
      return n < 0 ? phrase(words, "missing_shares", { n: -n }) : "";
    },
    show(shares) {
      const known = /** @type {Record<string, unknown>} */ (shares ?? {});
      for (const { row, field } of rows) field.value = typeof known[row.id] === "number" ? String(known[row.id]) : "";
      update();
    },
  };
}

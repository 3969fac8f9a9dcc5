// @ts-check
// The face of tracing: each account with what it depends on, and the tree that grows from that.

import { button, make, phrase } from "./dom.js";
import { isRecord } from "./scoring.js";
import { circles } from "./tracing.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */
/** @typedef {import("./shapes.js").Row} Row */

const NOBODY = "\u0000nobody";

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function provenanceFace({ face, words, uid, say, changed }) {
  /** @type {Record<string, string[] | null>} null while a row is open, [] where nobody is shown */
  let depends = {};
  const names = Object.fromEntries([...face.rows, ...face.options].map((one) => [one.id, one.label]));
  const rows = face.rows.map((row, i) => account(row, i));
  const tree = make("div", { class: "wb-tree" });
  const count = make("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    class: "wb-number wb-share",
    id: `${uid}-lines`,
  });
  const element = make(
    "div",
    { class: "wb-face wb-tracing", role: "group", "aria-labelledby": `${uid}-prompt` },
    make("p", { class: "wb-legend" }, phrase(words, "provenance_sources")),
    make("ul", { class: "wb-tree-sources" }, ...face.options.map((one) => make("li", {}, one.label))),
    ...rows.map((row) => row.element),
    make(
      "div",
      { class: "wb-tree-box", role: "group", "aria-labelledby": `${uid}-tree` },
      make("p", { class: "wb-legend", id: `${uid}-tree` }, phrase(words, "provenance_tree")),
      make("p", { class: "wb-how" }, phrase(words, "provenance_about_tree")),
      tree,
    ),
    make("label", { class: "wb-legend", for: `${uid}-lines` }, phrase(words, "provenance_lines")),
    count,
  );
  count.addEventListener("input", changed);

  /**
   * @param {Row} row
   * @param {number} i
   */
  function account(row, i) {
    const chosen = make("ul", { class: "wb-rests-on" });
    const others = face.rows.filter((one) => one.id !== row.id);
    const select = make(
      "select",
      { class: "wb-select", "aria-label": phrase(words, "provenance_choose", { row: row.label }) },
      make("option", { value: "" }, phrase(words, "provenance_first")),
      make("optgroup", { label: phrase(words, "provenance_roots") }, ...face.options.map(option)),
      make("optgroup", { label: phrase(words, "provenance_accounts") }, ...others.map(option)),
      make("option", { value: NOBODY }, phrase(words, "provenance_nobody")),
    );
    const add = button(phrase(words, "provenance_add"), "wb-quiet", () => put(row, select));
    add.setAttribute("aria-label", phrase(words, "provenance_add_to", { row: row.label }));
    const facts = [
      ["provenance_origin", row.origin],
      ["provenance_way", row.reached_us],
    ].filter(([, told]) => told);
    const element = make(
      "fieldset",
      { class: "wb-account" },
      make("legend", { class: "wb-legend" }, row.label),
      row.what ? make("p", { class: "wb-account-what" }, row.what) : null,
      make(
        "dl",
        { class: "wb-account-facts" },
        ...facts.flatMap(([name, told]) => [make("dt", {}, phrase(words, name ?? "")), make("dd", {}, told ?? "")]),
      ),
      make("p", { class: "wb-rests-name", id: `${uid}-rests-${i}` }, phrase(words, "provenance_legend")),
      chosen,
      make("div", { class: "wb-account-add" }, select, add),
    );
    chosen.setAttribute("aria-labelledby", `${uid}-rests-${i}`);
    return { row, chosen, select, add, element };
  }

  /** @param {{id: string, label: string}} one */
  function option(one) {
    return make("option", { value: one.id }, one.label);
  }

  /**
   * @param {Row} row
   * @param {HTMLSelectElement} select
   */
  function put(row, select) {
    const parent = select.value;
    if (!parent) return;
    const now = depends[row.id] ?? [];
    depends[row.id] = parent === NOBODY ? [] : [...now.filter((one) => one !== parent), parent];
    select.value = "";
    redraw();
    say(phrase(words, "provenance_added", { row: row.label, parent: called(parent) }));
  }

  /** @param {string} parent */
  function called(parent) {
    return parent === NOBODY ? phrase(words, "provenance_nobody") : names[parent] ?? parent;
  }

  /**
   * @param {Row} row
   * @param {string} parent
   */
  function takeAway(row, parent) {
    const left = (depends[row.id] ?? []).filter((one) => one !== parent);
    depends[row.id] = left.length ? left : null;
    redraw();
    rows.find((one) => one.row.id === row.id)?.select.focus();
    say(phrase(words, "provenance_removed", { row: row.label, parent: called(parent) }));
  }

  function redraw() {
    for (const { row, chosen } of rows) {
      const parents = depends[row.id] ?? null;
      const shown = parents && !parents.length ? [NOBODY] : parents ?? [];
      chosen.replaceChildren(
        ...shown.map((parent) => {
          const label = called(parent);
          const remove = button("×", "wb-quiet wb-remove", () => takeAway(row, parent));
          remove.setAttribute("aria-label", phrase(words, "provenance_remove", { parent: label, row: row.label }));
          return make("li", {}, make("span", {}, label), remove);
        }),
        ...(shown.length ? [] : [make("li", { class: "wb-rests-open" }, phrase(words, "provenance_open"))]),
      );
    }
    drawTree();
    changed();
  }

  function drawTree() {
    const begins = [
      ...face.options.filter((one) => face.rows.some((row) => depends[row.id]?.includes(one.id))),
      ...face.rows.filter((row) => depends[row.id]?.length === 0),
    ];
    const turning = circles(settled());
    const open = face.rows.filter((row) => !depends[row.id]);
    tree.replaceChildren(
      ...(begins.length ? [make("ul", { class: "wb-branch" }, ...begins.map((one) => branch(one.id, [])))] : []),
      ...(turning.length ? [make("p", {}, phrase(words, "circle_provenance", { rows: labels(turning) }))] : []),
      ...(open.length
        ? [make("p", { class: "wb-rests-open" }, phrase(words, "provenance_untraced", { rows: labels(open.map((row) => row.id)) }))]
        : []),
    );
  }

  /**
   * @param {string} id
   * @param {string[]} path  what stands above it
   * @returns {HTMLElement}
   */
  function branch(id, path) {
    const below = path.includes(id) ? [] : face.rows.filter((row) => depends[row.id]?.includes(id));
    const others = (depends[id] ?? []).filter((one) => one !== path.at(-1));
    const alone = depends[id]?.length === 0;
    const isSource = !face.rows.some((row) => row.id === id);
    return make(
      "li",
      { class: isSource ? "wb-tree-source" : "" },
      make("span", { class: "wb-tree-name" }, names[id] ?? id),
      alone ? make("span", { class: "wb-tree-note" }, ` (${phrase(words, "provenance_begins")})`) : null,
      path.length && others.length
        ? make("span", { class: "wb-tree-note" }, ` (${phrase(words, "provenance_too", { others: labels(others) })})`)
        : null,
      below.length ? make("ul", { class: "wb-branch" }, ...below.map((row) => branch(row.id, [...path, id]))) : null,
    );
  }

  /** @param {string[]} ids */
  function labels(ids) {
    return ids.map((id) => names[id] ?? id).join(", ");
  }

  /** What is traced so far. */
  function settled() {
    return Object.fromEntries(face.rows.flatMap((row) => (depends[row.id] ? [[row.id, depends[row.id] ?? []]] : [])));
  }

  function counted() {
    const written = count.value.trim();
    return /^[0-9]{1,2}$/.test(written) ? Number(written) : 0;
  }

  redraw();
  return {
    element,
    read: () => ({ depends: settled(), lines: counted() }),
    missing() {
      const open = face.rows.filter((row) => !depends[row.id]);
      if (open.length) return phrase(words, "missing_provenance", { rows: labels(open.map((row) => row.id)) });
      const turning = circles(settled());
      if (turning.length) return phrase(words, "circle_provenance", { rows: labels(turning) });
      const n = counted();
      return n >= 1 && n <= face.rows.length ? "" : phrase(words, "missing_lines", { most: face.rows.length });
    },
    show(answer) {
      const known = isRecord(answer) && isRecord(answer.depends) ? answer.depends : {};
      depends = Object.fromEntries(
        face.rows.map((row) => {
          const parents = known[row.id];
          return [row.id, Array.isArray(parents) ? parents.filter((one) => typeof one === "string") : null];
        }),
      );
      count.value = isRecord(answer) && typeof answer.lines === "number" ? String(answer.lines) : "";
      redraw();
    },
  };
}

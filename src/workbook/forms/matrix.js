// @ts-check
// The face of a matrix: points before, the cells, and at last the other side and points again. One
// real table serves all widths: where it is narrow, one finding's column is shown at a time.

import { button, make, phrase, setOff } from "./dom.js";
import { isRecord } from "./scoring.js";
import { sharesField } from "./shares.js";
import { sorting } from "./weighing.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */
/** @typedef {import("./shapes.js").Column} Column */

const CELL_SIGNS = { consistent: "+", inconsistent: "−", neither: "·", "cannot tell": "?" };
const SORTINGS = { apart: ["◆", "matrix_apart"], leans: ["◇", "matrix_leans"], flat: ["○", "matrix_flat"] };

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function matrixFace(bench) {
  const { face, words, uid, changed } = bench;
  const before = sharesField(bench, "before", phrase(words, "matrix_about_before"));
  const after = sharesField(bench, "after", phrase(words, "matrix_about_after"));
  const cells = cellsTable(bench);
  const opposite = make("textarea", { class: "wb-write wb-opposite", id: `${uid}-opposite`, rows: 4, dir: "auto" });
  opposite.addEventListener("input", changed);
  const had = make("p", { class: "wb-had" });
  /** @type {any} what is kept of the answer so far */
  let kept = {};

  const stepBefore = step("matrix_step_before", before.element, had);
  const stepCells = step("matrix_step_cells", cells.element);
  const stepAfter = step(
    "matrix_step_after",
    make("label", { class: "wb-legend", for: `${uid}-opposite` }, phrase(words, "matrix_opposite")),
    opposite,
    after.element,
  );
  const element = make(
    "div",
    { class: "wb-face wb-matrix", role: "group", "aria-labelledby": `${uid}-prompt` },
    make("p", { class: "wb-legend" }, phrase(words, "matrix_explanations")),
    make(
      "dl",
      { class: "wb-explanations" },
      ...face.rows.flatMap((row) => [make("dt", {}, row.label), make("dd", {}, row.means ?? "")]),
    ),
    face.shares && stepBefore.element,
    stepCells.element,
    face.shares && stepAfter.element,
  );

  /**
   * @param {string} name
   * @param {...Node} content
   */
  function step(name, ...content) {
    const head = make("p", { class: "wb-step-title", tabindex: "-1" }, phrase(words, name));
    return { head, element: make("div", { class: "wb-matrix-step" }, head, ...content) };
  }

  function arrange() {
    before.element.hidden = Boolean(kept.before);
    had.hidden = !kept.before;
    if (kept.before) {
      const steps = face.rows.map((row) => `${row.label} ${kept.before[row.id] ?? 0}`).join("; ");
      had.textContent = phrase(words, "matrix_had", { steps });
    }
    stepCells.element.hidden = face.shares === true && !kept.before;
    stepAfter.element.hidden = !kept.cells;
    cells.reveal(Boolean(kept.cells));
  }

  arrange();
  return {
    element,
    read() {
      if (!face.shares) return { cells: cells.read() };
      if (!kept.before) return { before: before.read() };
      const begun = { before: kept.before, cells: cells.read() };
      return kept.cells ? { ...begun, opposite: opposite.value, after: after.read() } : begun;
    },
    missing() {
      if (face.shares && !kept.before) return before.missing();
      const open = cells.missing();
      if (open || !face.shares || !kept.cells) return open;
      return /[^ \t\r\n]/.test(opposite.value) ? after.missing() : phrase(words, "missing_opposite");
    },
    show(answer) {
      kept = isRecord(answer) ? answer : {};
      before.show(kept.before);
      cells.show(kept.cells);
      opposite.value = typeof kept.opposite === "string" ? kept.opposite : "";
      after.show(kept.after);
      arrange();
    },
    kept(answer) {
      const had = kept;
      kept = isRecord(answer) ? answer : {};
      arrange();
      if (face.shares && !had.before) stepCells.head.focus();
      else if (face.shares && !had.cells) stepAfter.head.focus();
    },
  };
}

/** @param {Bench} bench */
function cellsTable({ face, words, uid, say, changed }) {
  const columns = face.columns ?? [];
  let turn = 0;
  let revealed = false;
  const place = make("span", { class: "wb-turn" });
  const earlier = button(phrase(words, "matrix_earlier"), "wb-quiet", () => go(turn - 1));
  const next = button(phrase(words, "matrix_next"), "wb-quiet", () => go(turn + 1));
  const findings = columns.map((column) => finding(column));
  const sorts = columns.map(() => make("span", { class: "wb-sorting" }));
  const heads = columns.map((column, i) => make("th", { scope: "col" }, column.label, sorts[i]));
  const rows = face.rows.map((row) => {
    const selects = columns.map((column) =>
      make(
        "select",
        { class: "wb-select wb-cell", "aria-label": phrase(words, "matrix_cell", { row: row.label, column: column.label }) },
        make("option", { value: "" }, phrase(words, "matrix_open")),
        ...face.values.map(({ id }) => make("option", { value: id }, `${sign(id)} ${id}`)),
      ),
    );
    const cells = selects.map((select) => make("td", {}, select));
    return { row, selects, cells, element: make("tr", {}, make("th", { scope: "row" }, row.label), ...cells) };
  });
  const table = make(
    "table",
    { class: columns.length > 4 ? "wb-matrix-table wb-many" : "wb-matrix-table" },
    make("caption", { class: "wb-spoken" }, phrase(words, "matrix_caption")),
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, make("span", { class: "wb-spoken" }, phrase(words, "matrix_corner"))), ...heads)),
    make("tbody", {}, ...rows.map((row) => row.element)),
  );
  const element = make(
    "div",
    { class: "wb-cells" },
    make("p", { class: "wb-how" }, phrase(words, "matrix_about_cells")),
    make(
      "ul",
      { class: "wb-cell-signs" },
      ...face.values.map(({ id, label }) =>
        make("li", {}, make("span", { class: "wb-cell-sign", "aria-hidden": "true" }, sign(id)), label),
      ),
    ),
    make("ol", { class: "wb-findings" }, ...findings),
    make("div", { class: "wb-turns" }, earlier, place, next),
    make("div", { class: "wb-matrix-scroll" }, table),
  );
  table.addEventListener("change", () => {
    colour();
    changed();
  });

  /** @param {string} id */
  function sign(id) {
    return CELL_SIGNS[/** @type {keyof typeof CELL_SIGNS} */ (id)] ?? "";
  }

  /** @param {Column} column */
  function finding(column) {
    const ours = column.line === null;
    const from = ours ? phrase(words, "matrix_testimony") : phrase(words, "line", { n: column.line ?? 0 });
    return make(
      "li",
      { class: "wb-finding" },
      make("span", { class: "wb-finding-name" }, column.label),
      ours ? make("span", { class: "wb-finding-told" }, column.words) : make("q", {}, column.words),
      make("span", { class: "wb-finding-from" }, `${column.source} (${from})`),
    );
  }

  /** @param {number} to */
  function go(to) {
    turn = Math.max(0, Math.min(columns.length - 1, to));
    show();
    say(`${place.textContent}: ${columns[turn]?.label ?? ""}`);
  }

  function show() {
    for (const parts of [findings, heads, ...rows.map((row) => row.cells)]) {
      parts.forEach((part, i) => part.classList.toggle("wb-off-turn", i !== turn));
    }
    place.textContent = phrase(words, "matrix_finding", { n: turn + 1, all: columns.length });
    setOff(earlier, turn === 0);
    setOff(next, turn === columns.length - 1);
  }

  function read() {
    return Object.fromEntries(
      rows.map(({ row, selects }) => [
        row.id,
        Object.fromEntries(columns.map((column, i) => [column.id, selects[i]?.value ?? ""])),
      ]),
    );
  }

  /** Each cell in the look of its value; each column, once it is kept, with how well it sorts. */
  function colour() {
    for (const { selects } of rows) for (const select of selects) select.dataset.value = select.value;
    const all = read();
    columns.forEach((column, i) => {
      const open = rows.some(({ selects }) => !selects[i]?.value);
      const [mark = "", name = ""] = SORTINGS[sorting(all, column.id)];
      sorts[i]?.replaceChildren(
        ...(revealed && !open
          ? [make("span", { "aria-hidden": "true" }, mark), ` ${phrase(words, name)}`]
          : []),
      );
    });
  }

  change(null);

  /** @param {unknown} cells */
  function change(cells) {
    for (const { row, selects } of rows) {
      const mine = isRecord(cells) && isRecord(cells[row.id]) ? cells[row.id] : {};
      columns.forEach((column, i) => {
        const select = selects[i];
        const value = /** @type {Record<string, unknown>} */ (mine)[column.id];
        if (select) select.value = typeof value === "string" ? value : "";
      });
    }
    show();
    colour();
  }

  return {
    element,
    read,
    show: change,
    /** @param {boolean} now */
    reveal(now) {
      revealed = now;
      colour();
    },
    missing() {
      const at = columns.findIndex((_, i) => rows.some(({ selects }) => !selects[i]?.value));
      if (at < 0) return "";
      turn = at;
      show();
      const open = rows.filter(({ selects }) => !selects[at]?.value).map(({ row }) => row.label);
      return phrase(words, "missing_cells", { column: columns[at]?.label ?? "", rows: open.join(", ") });
    },
  };
}

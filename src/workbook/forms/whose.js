// @ts-check
// The thread, asked sentence by sentence: whose words are these? A sentence that is tapped, or the
// mark after it, opens a panel under its paragraph, or at the window's foot where that is out of
// sight. What is committed to is kept in the record, and its mark becomes a pencil.

import { askingPanel } from "./asking.js";
import { button, phrase, sign } from "./dom.js";
import { judge } from "./exercise.js";
import { namesAt, point, settle, unsettle } from "./pointing.js";

/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {{button: HTMLButtonElement, names: string[], title: string}} Mark  after some passages */

/** The stage of these lines in the record; what stands for the exercise is the passage. */
const WHOSE = { revision: 1, stage: "whose" };

/**
 * @param {import("./asking.js").Whose} data
 * @param {string} caseId
 * @param {Words} words
 * @param {Store} store
 */
export function startWhose(data, caseId, words, store) {
  /** @type {Mark | null} the mark whose panel is open */
  let open = null;
  /** @type {Map<string, string[]>} the last chain committed to, by passage */
  let guesses = new Map();

  const marks = [...document.querySelectorAll(".wb-whose")].map((place) => markOf(/** @type {HTMLElement} */ (place)));
  const panel = askingPanel(data, words, {
    guessOf: (id) => guesses.get(id) ?? null,
    gatesOf,
    keep(id, chain) {
      store.commit({ case: caseId, id, ...WHOSE }, chain, true);
      refresh();
    },
    close,
    changed() {
      point(panel.passage());
      settle(panel.element);
    },
  });

  /** @param {HTMLElement} element  holds a link, for those without a script */
  function markOf(element) {
    const names = (element.dataset.passages ?? "").split(" ");
    const made = button("", "wb-whose-mark", () => (open === mark ? close() : show(mark, names, names[0] ?? "")));
    made.setAttribute("aria-haspopup", "dialog");
    made.setAttribute("aria-expanded", "false");
    const mark = { button: made, names, title: element.querySelector("[title]")?.getAttribute("title") ?? "" };
    element.replaceChildren(made);
    return mark;
  }

  /** @param {string} id */
  function gatesOf(id) {
    return (data.passages[id]?.gates ?? []).filter((name) => {
      const gate = data.exercises[name]?.gate;
      return gate && !judge(gate.face, gate.key, store.answers(gate.face), words).closed;
    });
  }

  /** What the record says now. */
  function refresh() {
    guesses = new Map();
    for (const { case: of, exercise, revision, stage, answer } of store.tries()) {
      const ours = of === caseId && revision === WHOSE.revision && stage === WHOSE.stage;
      if (ours && isNames(answer)) guesses.set(exercise, answer);
    }
    for (const mark of marks) drawMark(mark);
    if (open) panel.refresh();
  }

  /** @param {Mark} mark */
  function drawMark({ button: made, names, title }) {
    const done = names.filter((id) => guesses.has(id)).length;
    const all = names.length;
    const label = done ? `${title} ${phrase(words, all > 1 ? "whose_done_some" : "whose_done", { done, all })}` : title;
    made.setAttribute("aria-label", label);
    made.title = label;
    if (made.classList.toggle("wb-done", done > 0) !== Boolean(made.firstElementChild)) {
      made.replaceChildren(...(done ? [sign("noted")] : []));
    }
  }

  /**
   * @param {Mark} mark
   * @param {string[]} names  the passages to choose from
   * @param {string} name  the one asked about first
   */
  function show(mark, names, name) {
    open?.button.setAttribute("aria-expanded", "false");
    open = mark;
    mark.button.setAttribute("aria-expanded", "true");
    inPlace(mark.button, () => {
      mark.button.closest(".wb-par")?.after(panel.element);
      panel.ask(names, name);
    });
    point(name);
    panel.title.focus({ preventScroll: true });
    settle(panel.element);
  }

  function close() {
    if (!open) return;
    const { button: opener } = open;
    open = null;
    inPlace(opener, () => panel.element.remove());
    point();
    unsettle();
    opener.setAttribute("aria-expanded", "false");
    opener.focus({ preventScroll: true });
  }

  /** @param {Event} event */
  function tapped({ target }) {
    const names = namesAt(target);
    const [name] = names;
    // Whoever draws across words to copy them asks nothing.
    if (!name || getSelection()?.isCollapsed === false) return;
    const mark = marks.find((one) => one.names.includes(name));
    if (mark) show(mark, names, name);
  }

  const asked = () => (open ? panel.passage() : "");
  for (const post of document.querySelectorAll(".wb-post")) {
    post.addEventListener("click", tapped);
    post.addEventListener("pointerover", (event) => {
      if (/** @type {PointerEvent} */ (event).pointerType === "mouse") point(asked(), namesAt(event.target)[0]);
    });
    post.addEventListener("pointerleave", () => point(asked()));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) close();
  });
  document.querySelector(".wb-shows")?.addEventListener("change", () => {
    if (document.documentElement.classList.contains("wb-no-whose")) close();
  });
  refresh();
  store.onChange(() => queueMicrotask(refresh));
}

/**
 * Change the page so that an element stays where it is in the window: a panel that was open further
 * up takes its room along when it goes.
 * @param {HTMLElement} element
 * @param {() => void} act
 */
function inPlace(element, act) {
  const before = element.getBoundingClientRect().top;
  act();
  window.scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" });
}

/**
 * @param {unknown} value
 * @returns {value is string[]}
 */
function isNames(value) {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
}

// @ts-check
// The face of a marking: the passage itself, each word of it a button. Three ways in, one value
// out: choose first and last word, drag across the words, or take both from two lists.

import { button, make, phrase, setOff } from "./dom.js";
import { inUnits, onOneLine, passageFigure, quotationOf, withBreaks } from "./passage.js";
import { isRecord, locate } from "./scoring.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function markFace({ face, words, uid, say, changed }) {
  const passage = face.passage;
  if (!passage) throw new Error(`${face.id}: a marking needs a passage`);
  const { text, tokens } = passage;
  const places = inUnits(text, tokens);
  /** @type {number[]} */
  const wordTokens = tokens.flatMap(([, , word], i) => (word ? [i] : []));

  // Positions below count words only: 0 is the passage's first word.
  /** @type {number | null} */ let first = null;
  /** @type {number | null} */ let last = null;
  let anchor = 0;
  let waiting = false;
  let dragged = false;

  /** @type {HTMLElement[]} */
  const buttons = [];
  /** @type {HTMLElement[]} what stands after each word, up to the next */
  const joints = [];
  const group = make("div", { class: "wb-words", role: "group", "aria-labelledby": `${uid}-prompt` });
  wordTokens.forEach((token, n) => {
    const [start, end] = at(token);
    const before = n ? at(wordTokens[n - 1])[1] : 0;
    const joint = make("span", { class: "wb-joint" }, ...withBreaks(text.slice(before, start)));
    const word = make(
      "span",
      { class: "wb-word", role: "button", tabindex: n ? -1 : 0, "aria-pressed": "false" },
      text.slice(start, end),
    );
    if (n) joints.push(joint);
    buttons.push(word);
    group.append(joint, word);
  });
  group.append(text.slice(wordTokens.length ? at(wordTokens.at(-1))[1] : 0).trimEnd());

  /** @param {number | undefined} token */
  function at(token) {
    return places[token ?? 0] ?? [0, 0, false];
  }

  const shown = make("p", { class: "wb-marked" });
  const clear = button(phrase(words, "clear"), "wb-quiet wb-clear", () => {
    mark(null, null);
    say(phrase(words, "cleared"));
  });
  const firstList = wordList("first_word");
  const lastList = wordList("last_word");
  const element = make(
    "div",
    { class: "wb-face wb-marking" },
    passageFigure(face, words, [group]),
    make("p", { class: "wb-how" }, phrase(words, "how_to_mark")),
    make("div", { class: "wb-marked-line" }, shown, clear),
    make(
      "details",
      { class: "wb-lists" },
      make("summary", {}, phrase(words, "mark_from_lists")),
      make("div", { class: "wb-lists-pair" }, firstList.label, lastList.label),
    ),
  );

  /** @param {string} name */
  function wordList(name) {
    const select = make(
      "select",
      { class: "wb-select" },
      make("option", { value: "" }, "–"),
      ...buttons.map((word, n) => make("option", { value: n }, `${n + 1}. ${word.textContent}`)),
    );
    select.addEventListener("change", () => {
      const from = firstList.select.value;
      const to = lastList.select.value;
      if (from === "" && to === "") mark(null, null);
      else mark(Number(from === "" ? to : from), Number(to === "" ? from : to));
      say(shown.textContent ?? "");
    });
    return { select, label: make("label", { class: "wb-list" }, make("span", {}, phrase(words, name)), select) };
  }

  /** The exact words from the first to the last marked one, as they stand. */
  function marked() {
    if (first === null || last === null) return "";
    return onOneLine(text, at(wordTokens[first])[0], at(wordTokens[last])[1]);
  }

  /**
   * @param {number | null} from
   * @param {number | null} to
   */
  function mark(from, to) {
    first = from === null || to === null ? null : Math.min(from, to);
    last = from === null || to === null ? null : Math.max(from, to);
    if (first === null) waiting = false;
    draw();
    changed();
  }

  function draw() {
    buttons.forEach((word, n) => {
      const inside = first !== null && last !== null && n >= first && n <= last;
      word.setAttribute("aria-pressed", String(inside));
      word.classList.toggle("wb-from", n === first);
      word.classList.toggle("wb-to", n === last);
      joints[n]?.classList.toggle("wb-in", inside && n !== last);
    });
    const quotation = marked();
    shown.textContent = !quotation
      ? phrase(words, "nothing_marked")
      : phrase(words, waiting ? "marked_first" : "marked", { words: quotation });
    setOff(clear, !quotation);
    firstList.select.value = first === null ? "" : String(first);
    lastList.select.value = last === null ? "" : String(last);
  }

  /**
   * The first word chosen starts a marking, the second ends it.
   * @param {number} n
   */
  function choose(n) {
    if (waiting) {
      waiting = false;
      mark(anchor, n);
    } else {
      anchor = n;
      waiting = true;
      mark(n, n);
    }
    say(shown.textContent ?? "");
  }

  /**
   * @param {number} n
   * @param {number} [from]  where a marking not yet begun begins
   */
  function extend(n, from = n) {
    if (first === null) anchor = from;
    waiting = false;
    mark(anchor, n);
    say(shown.textContent ?? "");
  }

  /** @param {number} n */
  function focusWord(n) {
    for (const word of buttons) word.tabIndex = -1;
    const word = buttons[n];
    if (!word) return;
    word.tabIndex = 0;
    word.focus();
  }

  /** @param {EventTarget | null} target */
  const indexOf = (target) => buttons.indexOf(/** @type {HTMLElement} */ (target));

  /**
   * The word nearest above or below, as the lines happen to fall.
   * @param {number} n
   * @param {1 | -1} way
   */
  function overLine(n, way) {
    const here = buttons[n]?.getBoundingClientRect();
    if (!here) return n;
    const middle = (here.left + here.right) / 2;
    let best = n;
    let row = Number.NaN;
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = n + way; i >= 0 && i < buttons.length; i += way) {
      const box = buttons[i]?.getBoundingClientRect();
      if (!box || Math.abs(box.top - here.top) < here.height / 2) continue;
      if (Number.isNaN(row)) row = box.top;
      if (Math.abs(box.top - row) >= here.height / 2) break;
      const distance = Math.abs((box.left + box.right) / 2 - middle);
      if (distance < nearest) {
        nearest = distance;
        best = i;
      }
    }
    return best;
  }

  group.addEventListener("keydown", (event) => {
    const n = indexOf(event.target);
    if (n < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = {
      ArrowRight: n + 1,
      ArrowLeft: n - 1,
      Home: 0,
      End: buttons.length - 1,
    };
    let to = /** @type {Record<string, number>} */ (moves)[event.key];
    if (event.key === "ArrowUp") to = overLine(n, -1);
    if (event.key === "ArrowDown") to = overLine(n, 1);
    if (to !== undefined) {
      event.preventDefault();
      to = Math.max(0, Math.min(buttons.length - 1, to));
      if (event.shiftKey && element.getAttribute("aria-disabled") !== "true") {
        extend(to, n);
      }
      focusWord(to);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (event.shiftKey) extend(n);
      else choose(n);
    } else if (event.key === "Escape" && first !== null) {
      event.preventDefault();
      clear.click();
    }
  });

  group.addEventListener("click", (event) => {
    if (dragged) {
      dragged = false;
      return;
    }
    const n = indexOf(event.target);
    if (n < 0) return;
    for (const word of buttons) word.tabIndex = -1;
    /** @type {HTMLElement} */ (buttons[n]).tabIndex = 0;
    if (event.shiftKey) extend(n);
    else choose(n);
  });

  /** Words that a selection touches become the marking. */
  function takeSelection() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return false;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(group)) return false;
    if (!group.contains(selection.anchorNode) && !group.contains(selection.focusNode)) return false;
    const touched = buttons.flatMap((word, n) => (overlaps(range, word) ? [n] : []));
    const from = touched[0];
    const to = touched.at(-1);
    if (from === undefined || to === undefined) return false;
    anchor = from;
    waiting = false;
    mark(from, to);
    return true;
  }

  const isLocked = () => element.getAttribute("aria-disabled") === "true";

  // Drawing with the mouse is followed by hand: a browser does not select across elements that
  // can take the focus, as every word here can.
  /** @type {number | null} */
  let drawnFrom = null;
  group.addEventListener("selectstart", (event) => {
    if (drawnFrom !== null) event.preventDefault();
  });
  group.addEventListener("pointerdown", (event) => {
    const byHand = event.pointerType === "touch";
    touching = byHand;
    drawnFrom = byHand || event.button !== 0 || event.shiftKey || isLocked() ? null : wordAt(event, buttons.length);
  });
  group.addEventListener("pointermove", (event) => {
    if (drawnFrom === null || !(event.buttons & 1)) return;
    const to = wordAt(event, drawnFrom);
    if (to === null || (to === drawnFrom && !dragged)) return;
    if (!dragged) {
      group.setPointerCapture(event.pointerId);
      dragged = true;
    }
    anchor = drawnFrom;
    waiting = false;
    mark(drawnFrom, to);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    group.addEventListener(end, () => {
      drawnFrom = null;
      if (!dragged) return;
      say(shown.textContent ?? "");
      // The click that ends the drawing comes before this.
      setTimeout(() => {
        dragged = false;
      }, 0);
    });
  }

  /**
   * The word under the pointer; between two words, the one towards where the drawing began.
   * @param {PointerEvent} event
   * @param {number} from
   */
  function wordAt(event, from) {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const word = indexOf(under);
    if (word >= 0) return word;
    const after = joints.indexOf(/** @type {HTMLElement} */ (under)) + 1;
    return after === 0 ? null : after > from ? after - 1 : after;
  }

  // A finger selects with the system's handles: no pointer is to be followed, only the selection.
  let touching = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;
  document.addEventListener("selectionchange", () => {
    if (!touching || isLocked() || !element.isConnected) return;
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (takeSelection()) say(shown.textContent ?? "");
    }, 350);
  });

  function value() {
    waiting = false; // what is chosen after a check begins anew
    if (first === null || last === null) return null;
    return quotationOf(text, tokens, places, at(wordTokens[first])[0], at(wordTokens[last])[1]);
  }

  draw();
  return {
    element,
    holdsPassage: true,
    read: value,
    missing: () => (first === null ? phrase(words, "missing_mark") : ""),
    show(answer) {
      const parts = isRecord(answer) ? [answer.exact, answer.prefix ?? "", answer.suffix ?? ""] : [answer, "", ""];
      const [exact, prefix, suffix] = parts.map((part) => (typeof part === "string" ? part : ""));
      const found = locate(text, tokens, exact ?? "", prefix, suffix)[0];
      const positions = found.map((token) => wordTokens.indexOf(token));
      waiting = false;
      anchor = positions[0] ?? 0;
      first = positions[0] ?? null;
      last = positions.at(-1) ?? null;
      draw();
    },
  };
}

/**
 * @param {Range} range
 * @param {HTMLElement} word
 */
function overlaps(range, word) {
  const inside = word.firstChild;
  if (!inside) return false;
  const own = document.createRange();
  own.setStart(inside, 0);
  own.setEnd(inside, inside.textContent?.length ?? 0);
  return (
    range.compareBoundaryPoints(Range.START_TO_END, own) > 0 &&
    range.compareBoundaryPoints(Range.END_TO_START, own) < 0
  );
}

// @ts-check
// "Which words told you?": asked after a right answer. The passage again, each word of it a switch.

import { button, make, phrase } from "./dom.js";
import { inUnits, quotationOf, withBreaks } from "./passage.js";
import { sayTelling, tokensOf } from "./telling.js";

/** @typedef {import("./shapes.js").Cue} Cue */
/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Words} Words */

/**
 * @typedef {object} Telling  where what was told is kept
 * @property {() => unknown} kept  what was told last; undefined where nothing was
 * @property {(quotations: unknown[]) => void} keep
 */

/**
 * @param {Face} face
 * @param {Words} words
 * @param {string} uid
 * @param {Telling} telling
 * @param {(sentence: string) => void} say
 */
export function tellingStep(face, words, uid, telling, say) {
  const { text, tokens } = face.passage ?? { text: "", tokens: [] };
  const places = inUnits(text, tokens);
  const own = tokens.flatMap(([, , isWord], i) => (isWord ? [i] : []));
  const at = (/** @type {number} */ n) => places[own[n] ?? 0] ?? [0, 0, false];
  /** @type {Set<number>} positions, counting words only */
  const chosen = new Set();
  /** @type {Cue[]} */
  let told = [];

  const title = `${uid}-telling`;
  const group = make("div", { class: "wb-words", role: "group", "aria-labelledby": title });
  const switches = own.map((_, n) => {
    const [start, end] = at(n);
    const one = make(
      "span",
      { class: "wb-word", role: "button", tabindex: n ? -1 : 0, "aria-pressed": "false" },
      text.slice(start, end),
    );
    const joint = make("span", { class: "wb-joint" }, ...withBreaks(text.slice(n ? at(n - 1)[1] : 0, start)));
    group.append(joint, one);
    return { one, joint };
  });
  group.append(text.slice(own.length ? at(own.length - 1)[1] : 0).trimEnd());

  const looks = make(
    "p",
    { class: "wb-telling-looks", "aria-hidden": "true", hidden: true },
    make("span", { class: "wb-looks-mine" }, phrase(words, "telling_mine")),
    make("span", { class: "wb-cue" }, phrase(words, "telling_ours")),
  );
  const shown = make("p", { class: "wb-marked" });
  const answer = make("div", { class: "wb-telling-said", role: "status" });
  const keep = button(phrase(words, "telling_keep"), "wb-telling-keep", () => {
    if (!chosen.size) {
      answer.replaceChildren(make("p", {}, phrase(words, "telling_missing")));
      return;
    }
    commit(runs().map(([from, to]) => quotationOf(text, tokens, places, at(from)[0], at(to)[1])));
  });
  const none = button(phrase(words, "telling_none"), "wb-quiet wb-telling-none", () => {
    chosen.clear();
    draw();
    commit([]);
  });
  const element = make(
    "section",
    { class: "wb-telling", "aria-labelledby": title },
    make("p", { class: "wb-telling-title", id: title }, phrase(words, "telling")),
    make("p", { class: "wb-how wb-telling-about" }, phrase(words, "telling_about")),
    make("blockquote", { class: "wb-telling-passage" }, group),
    looks,
    shown,
    make("div", { class: "wb-telling-actions" }, keep, none),
    answer,
  );

  /** Chosen words that stand side by side, as pairs of first and last. */
  function runs() {
    /** @type {[number, number][]} */
    const found = [];
    for (const n of [...chosen].sort((a, b) => a - b)) {
      const last = found.at(-1);
      if (last && last[1] === n - 1) last[1] = n;
      else found.push([n, n]);
    }
    return found;
  }

  /** @param {boolean} open  the cues stand in the sentence only beside what the learner has told */
  function drawCues(open) {
    const ours = new Set(open ? told.flatMap((cue) => cue.tokens) : []);
    const isOurs = (/** @type {number} */ n) => ours.has(own[n] ?? -1);
    switches.forEach(({ one, joint }, n) => {
      one.classList.toggle("wb-cue", isOurs(n));
      joint.classList.toggle("wb-cue", isOurs(n) && isOurs(n - 1));
    });
    looks.hidden = !ours.size;
  }

  function draw() {
    switches.forEach(({ one, joint }, n) => {
      one.setAttribute("aria-pressed", String(chosen.has(n)));
      joint.classList.toggle("wb-in", chosen.has(n) && chosen.has(n - 1));
    });
    const marked = runs().map(([from, to]) => text.slice(at(from)[0], at(to)[1]).split(/\s+/).join(" "));
    shown.textContent = marked.length
      ? phrase(words, "marked", { words: marked.join("” · “") })
      : phrase(words, "nothing_marked");
  }

  /** @param {unknown[]} quotations */
  function commit(quotations) {
    telling.keep(quotations);
    reply(quotations);
  }

  /** @param {unknown[]} quotations */
  function reply(quotations) {
    drawCues(true);
    answer.replaceChildren(...sayTelling(face, told, quotations, words).map((one) => make("p", {}, one)));
  }

  /** @param {number} n */
  function turn(n) {
    if (!chosen.delete(n)) chosen.add(n);
    draw();
    say(shown.textContent ?? "");
  }

  /** @param {number} n */
  function walk(n) {
    for (const { one } of switches) one.tabIndex = -1;
    const next = switches[n]?.one;
    if (!next) return;
    next.tabIndex = 0;
    next.focus();
  }

  const indexOf = (/** @type {EventTarget | null} */ target) => switches.findIndex(({ one }) => one === target);
  group.addEventListener("click", (event) => {
    const n = indexOf(event.target);
    if (n >= 0) turn(n);
  });
  group.addEventListener("keydown", (event) => {
    const n = indexOf(event.target);
    if (n < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const end = switches.length - 1;
    const moves = { ArrowRight: n + 1, ArrowDown: n + 1, ArrowLeft: n - 1, ArrowUp: n - 1, Home: 0, End: end };
    const to = /** @type {Record<string, number>} */ (moves)[event.key];
    if (to !== undefined) walk(Math.max(0, Math.min(end, to)));
    else if (event.key === "Enter" || event.key === " ") turn(n);
    else return;
    event.preventDefault();
  });

  return {
    element,
    /** @param {Cue[]} cues  of the edition */
    show(cues) {
      told = cues;
      const before = telling.kept();
      chosen.clear();
      for (const one of Array.isArray(before) ? before : []) {
        for (const token of tokensOf(face, one)) chosen.add(own.indexOf(token));
      }
      draw();
      drawCues(false);
      if (Array.isArray(before)) reply(before);
      else answer.replaceChildren();
    },
  };
}

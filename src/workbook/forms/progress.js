// @ts-check
// "Your progress": what is done, what to come back to and what has changed, drawn from the record in
// this browser. It draws itself anew whenever the record changes, in this tab or in another one.

import { make } from "./dom.js";
import { chapterName, quoted, sayGrowth } from "./growth.js";
import { fill } from "./misread.js";
import { STATES, sumUp } from "./sums.js";

/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./sums.js").ChapterSum} ChapterSum */
/** @typedef {import("./sums.js").Question} Question */
/** @typedef {import("./sums.js").Part} Part */
/** @typedef {import("./sums.js").Sums} Sums */
/** @typedef {Question & {page: string}} PlacedQuestion  with where it stands in the book */
/** @typedef {{id: string, title: string, page: string, questions: PlacedQuestion[]}} PlacedPart */
/** @typedef {(name: string, parts?: Record<string, string | number>) => string} Tell */

/** Of a longer list the rest is folded up. */
const MOST_LINKS = 6;

/**
 * @param {HTMLElement} place
 * @param {PlacedPart[]} parts
 * @param {string} caseId
 * @param {Store} store
 * @param {Words} words
 */
export function startProgress(place, parts, caseId, store, words) {
  const sentence = make("p", { class: "wb-progress-sum", role: "status" });
  const body = make("div", {});
  /** @type {Tell} */
  const tell = (name, blanks = {}) => fill(words.progress[name], blanks);
  const asked = new Map(parts.flatMap((part) => part.questions).map((one) => [one.face.id, one]));
  const homes = new Map(parts.flatMap((part) => part.questions.map((one) => [one.face.id, titleOf(part, words, tell)])));
  const keyed = [...asked.values()].some((one) => one.key !== null);

  /**
   * @param {string} exercise
   * @param {string} [name]  of a sentence around its title
   */
  function linkTo(exercise, name) {
    const one = asked.get(exercise);
    const title = one?.face.title ?? exercise;
    return make("a", { href: one?.page ?? "" }, name ? tell(name, { title: quoted(title, words) }) : title);
  }

  function draw() {
    const sums = sumUp(parts, caseId, store.tries(), words);
    const said = overAll(sums, keyed, tell);
    if (sentence.textContent !== said) sentence.textContent = said;
    const before = place.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    body.replaceChildren(...(sums.answered ? drawn(sums) : nothingYet(sums)));
    if (before) /** @type {HTMLElement | null} */ (body.querySelector(`a[href="${CSS.escape(before)}"]`))?.focus();
  }

  /** @param {Sums} sums */
  function nothingYet(sums) {
    const begin = sums.next ? [make("p", {}, linkTo(sums.next, "begin"))] : [];
    return [...begin, make("p", { class: "wb-progress-note" }, tell("or restore"))];
  }

  /** @param {Sums} sums */
  function drawn(sums) {
    const growth = keyed ? sayGrowth(parts, sums, words) : [];
    return [
      countList(sums, keyed, words, tell),
      ...(sums.next ? [make("p", {}, linkTo(sums.next, "go on"))] : []),
      titleLine(tell("chapters")),
      make(
        "ol",
        { class: "wb-chapters" },
        parts.map((part, i) => chapterRow(part, sums.chapters[i], keyed, words, tell, linkTo)),
      ),
      titleLine(tell("back")),
      ...comeBack({ due: sums.due, open: sums.open, ended: keyed ? sums.ended : [] }, tell, (exercise) =>
        make("li", {}, linkTo(exercise), make("span", { class: "wb-back-home" }, homes.get(exercise) ?? "")),
      ),
      ...(keyed ? changed(growth, tell) : []),
    ];
  }

  place.replaceChildren(make("p", { class: "wb-progress-note" }, tell("about")), sentence, body);
  draw();
  store.onChange(() => queueMicrotask(draw));
}

/** @param {string} said */
function titleLine(said) {
  return make("div", { class: "wb-progress-title", role: "heading", "aria-level": 2 }, said);
}

/**
 * @param {Sums} sums
 * @param {boolean} keyed
 * @param {Tell} tell
 */
function overAll({ answered, all }, keyed, tell) {
  if (!answered) return tell("empty");
  if (!keyed) return tell("recorded", { n: answered, all });
  return tell(answered === all ? "answered all" : "answered", { n: answered, all });
}

/**
 * How many stand how; the signs are those of the bars below.
 * @param {Sums} sums
 * @param {boolean} keyed
 * @param {Words} words
 * @param {Tell} tell
 */
function countList(sums, keyed, words, tell) {
  const lines = STATES.filter((state) => sums.counts[state]).map((state) =>
    make("li", {}, cell(state), tell("count", { word: words.verdicts[state].word, n: sums.counts[state] ?? 0 })),
  );
  const open = sums.all - sums.answered;
  if (open) lines.push(make("li", {}, cell("unanswered"), tell("still to do", { n: open })));
  if (keyed && sums.tries) lines.push(make("li", {}, tell("tries", { n: sums.tries })));
  return make("ul", { class: "wb-progress-counts" }, lines);
}

/** @param {string} state */
function cell(state) {
  return make("span", { class: `wb-cell wb-cell-${state.replace(" ", "-")}`, "aria-hidden": "true" });
}

/**
 * A chapter: its name, a box for each exercise, how many are answered, how they stand, what is next.
 * @param {PlacedPart} part
 * @param {ChapterSum | undefined} sum
 * @param {boolean} keyed
 * @param {Words} words
 * @param {Tell} tell
 * @param {(exercise: string, name: string) => HTMLElement} linkTo
 */
function chapterRow(part, sum, keyed, words, tell, linkTo) {
  const stands = sum?.stands ?? [];
  const n = sum?.answered ?? 0;
  const told = keyed
    ? STATES.filter((state) => sum?.counts[state]).map((state) =>
        tell("count", { word: words.verdicts[state].word, n: sum?.counts[state] ?? 0 }),
      )
    : [];
  return make(
    "li",
    { class: "wb-chapter" },
    make("a", { class: "wb-chapter-title", href: part.page }, titleOf(part, words, tell)),
    make("span", { class: "wb-bar", "aria-hidden": "true" }, stands.map((stand) => cell(stand.state))),
    make("span", { class: "wb-chapter-of" }, tell("of", { n, all: stands.length })),
    make(
      "span",
      { class: "wb-chapter-said" },
      ...told.map((one) => make("span", {}, one)),
      sum?.next ? linkTo(sum.next, n ? "next" : "begin") : make("span", {}, tell("done")),
    ),
  );
}

/**
 * @param {PlacedPart} part
 * @param {Words} words
 * @param {Tell} tell
 */
function titleOf(part, words, tell) {
  if (!part.title) return chapterName(part, words);
  return /^[0-9]+$/.test(part.id) ? `${tell("number", { n: Number(part.id) })} ${part.title}` : part.title;
}

/**
 * @param {Record<"due" | "open" | "ended", string[]>} lists
 * @param {Tell} tell
 * @param {(exercise: string) => HTMLElement} entry
 */
function comeBack(lists, tell, entry) {
  const found = Object.entries(lists).filter(([, exercises]) => exercises.length);
  if (!found.length) return [make("p", {}, tell("back none"))];
  return found.flatMap(([name, exercises]) => {
    const links = exercises.map(entry);
    const rest = links.length > MOST_LINKS + 1 ? links.splice(MOST_LINKS) : [];
    return [
      make("p", { class: "wb-back-said" }, tell(name)),
      make("ul", { class: "wb-back" }, links),
      ...(rest.length
        ? [make("details", { class: "wb-back-more" }, make("summary", {}, tell("more", { n: rest.length })), make("ul", { class: "wb-back" }, rest))]
        : []),
    ];
  });
}

/**
 * @param {string[]} growth
 * @param {Tell} tell
 */
function changed(growth, tell) {
  const heading = titleLine(tell("changed"));
  if (!growth.length) return [heading, make("p", {}, tell("changed later"))];
  return [
    heading,
    make("p", { class: "wb-progress-note" }, tell("changed about")),
    make("ul", { class: "wb-growth" }, growth.map((one) => make("li", {}, one))),
  ];
}

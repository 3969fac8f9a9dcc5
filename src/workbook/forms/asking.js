// @ts-check
// The panel that asks of a passage whose words it is: the question, and what is shown once a learner
// has committed. Where it stands on the page and when it opens is for whose.js.

import { accountsOf, chainList, compareChains } from "./chains.js";
import { button, make, phrase, sign } from "./dom.js";
import { chainFace } from "./lineup.js";
import { passageWords } from "./pointing.js";
import { sameValue } from "./scoring.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Voice} Voice */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./chains.js").Account} Account */
/**
 * @typedef {{title: string, page: string, gate: {face: Face, key: Key} | null}} Asking  an exercise
 * @typedef {{line: number, asking: string[], gates: string[], readings: Account[]}} Asked  a passage
 * @typedef {object} Whose  what the page knows
 * @property {boolean} keyed
 * @property {Voice[]} voices
 * @property {[string, string[]][]} groups  voices by kind; the first are those who post here
 * @property {string | null} cards  the page of passages
 * @property {Record<string, Asked>} passages
 * @property {Record<string, Asking>} exercises
 */
/**
 * @typedef {object} Asks  what the panel asks of the page around it
 * @property {(passage: string) => string[] | null} guessOf  the chain committed to
 * @property {(passage: string) => string[]} gatesOf  exercises still open that its key would answer
 * @property {(passage: string, chain: unknown) => void} keep
 * @property {() => void} close
 * @property {() => void} changed  it may have grown or shrunk, or speaks of other words
 */

/**
 * @param {Whose} data
 * @param {Words} words
 * @param {Asks} asks
 */
export function askingPanel(data, words, asks) {
  const say = (/** @type {string} */ name, /** @type {Record<string, string | number>} */ fill = {}) =>
    phrase(words, name, fill);
  const voiceOf = (/** @type {string} */ id) =>
    data.voices.find((voice) => voice.id === id) ?? { id, label: id, mark: "?", colour: null };
  /** The passage asked about; whether its chain is being changed; what is drawn of it. */
  const now = { name: "", changing: false, drawn: /** @type {unknown} */ (null) };

  const spoken = make("p", { class: "wb-spoken", "aria-live": "polite" });
  const place = make("span", { class: "wb-line" });
  const title = make("div", { class: "wb-title", id: "wb-whose-title", role: "heading", "aria-level": 3, tabindex: -1 });
  const shut = button("", "wb-whose-close", asks.close);
  shut.setAttribute("aria-label", say("whose_close"));
  title.append(say("whose"), " ", place);
  const picker = make("div", { class: "wb-whose-here" });
  const body = make("div", { class: "wb-whose-body" });
  const element = make(
    "section",
    { class: "wb-form wb-whose-panel", role: "dialog", "aria-labelledby": "wb-whose-title" },
    make("div", { class: "wb-whose-head" }, title, shut),
    picker,
    body,
    spoken,
  );

  /**
   * @param {string[]} names  the passages to choose from
   * @param {string} name  the one asked about first
   */
  function ask(names, name) {
    Object.assign(now, { name, changing: false });
    picker.hidden = names.length < 2;
    const choices = names.map((id) => {
      const choice = button("", "wb-whose-choice", () => {
        Object.assign(now, { name: id, changing: false });
        draw();
        asks.changed();
      });
      choice.dataset.passage = id;
      return choice;
    });
    picker.replaceChildren(
      make("p", { class: "wb-legend", id: "wb-whose-here" }, say("whose_here")),
      make("div", { class: "wb-whose-choices", role: "group", "aria-labelledby": "wb-whose-here" }, ...choices),
    );
    draw();
  }

  /** Draw anew if the record has changed what is to be seen; what is being built stays. */
  function refresh() {
    if (!sameValue(now.drawn, stateOf(now.name))) draw();
  }

  /** @param {string} name */
  function stateOf(name) {
    return [asks.guessOf(name), asks.gatesOf(name)];
  }

  function draw() {
    const { name, changing } = now;
    const mine = asks.guessOf(name);
    now.drawn = stateOf(name);
    for (const choice of picker.querySelectorAll("button")) {
      const id = choice.dataset.passage ?? "";
      choice.setAttribute("aria-pressed", String(id === name));
      const told = asks.guessOf(id) ? [sign("noted"), make("span", { class: "wb-spoken" }, say("whose_done"))] : [];
      choice.replaceChildren(make("span", { class: "wb-whose-quoted" }, passageWords(id)), ...told);
    }
    place.textContent = say("whose_line", { n: data.passages[name]?.line ?? 0 });
    const below = mine && !changing ? answered(name, mine) : question(name, mine);
    element.classList.toggle("wb-asks", !mine || changing);
    body.replaceChildren(make("div", {}, picker.hidden && make("blockquote", {}, passageWords(name)), ...below));
    spoken.textContent = "";
  }

  /**
   * @param {string} name
   * @param {string[] | null} earlier
   */
  function question(name, earlier) {
    const [here, ...others] = data.groups.map(([label, ids]) => /** @type {[string, Voice[]]} */ ([label, ids.map(voiceOf)]));
    const missing = make("p", { class: "wb-missing", role: "status" });
    const asked = { voices: here?.[1] ?? [], others, passage: { text: passageWords(name) } };
    const chain = chainFace({
      face: /** @type {Face} */ (/** @type {unknown} */ (asked)),
      words,
      uid: "wb-whose",
      say: (sentence) => {
        spoken.textContent = sentence;
      },
      changed() {
        missing.replaceChildren();
        // Where the panel is short, what was just built is scrolled to.
        element.querySelector(".wb-built")?.scrollIntoView({ block: "nearest" });
      },
    });
    if (earlier) chain.show(earlier);
    const commit = button(say("whose_commit"), "wb-check", () => {
      missing.textContent = chain.missing();
      if (missing.textContent) return;
      now.changing = false;
      asks.keep(name, chain.read());
      draw();
      element.scrollTop = 0;
      /** @type {HTMLElement | null} */ (body.querySelector(".wb-whose-said"))?.focus({ preventScroll: true });
      asks.changed();
    });
    return [
      make("p", { class: "wb-prompt" }, say("whose_question")),
      chain.element,
      make("div", { class: "wb-actions" }, commit, make("p", { class: "wb-how" }, say("whose_noted")), missing),
    ];
  }

  /**
   * @param {string} name
   * @param {string[]} mine
   */
  function answered(name, mine) {
    const { asking = [], readings = [] } = data.passages[name] ?? {};
    const gates = asks.gatesOf(name);
    const more = asking.filter((id) => !gates.includes(id));
    const held = !data.keyed || gates.length > 0;
    return [
      make("p", { class: "wb-whose-said", tabindex: -1 }, sentenceOn(mine, readings, gates.length)),
      gates.length ? exerciseList(gates) : null,
      make("p", { class: "wb-whose-name" }, say("whose_yours")),
      chainList(mine.map((id) => ({ id })), voiceOf, words),
      ...(held ? [button(say("whose_again"), "wb-quiet", change)] : accountsOf(mine, readings, voiceOf, words)),
      held || !data.cards
        ? null
        : make("p", { class: "wb-whose-card" }, make("a", { href: `${data.cards}#reading-${name}` }, say("whose_card"))),
      more.length
        ? make("details", { class: "wb-whose-asking" }, make("summary", {}, `${say("whose_asking")} (${more.length})`), exerciseList(more))
        : null,
    ];
  }

  /**
   * @param {string[]} mine
   * @param {Account[]} readings
   * @param {number} gates
   */
  function sentenceOn(mine, readings, gates) {
    if (gates) return say(gates > 1 ? "whose_gated_some" : "whose_gated", { n: gates });
    const [only] = readings.length === 1 ? readings : [];
    if (only) return compareChains(mine, only, voiceOf, words);
    return say(data.keyed ? "whose_kept" : "whose_class");
  }

  function change() {
    now.changing = true;
    draw();
    body.querySelector("button")?.focus({ preventScroll: true });
    asks.changed();
  }

  /** @param {string[]} names */
  function exerciseList(names) {
    const links = names.flatMap((name) => {
      const found = data.exercises[name];
      return found ? [make("li", {}, make("a", { href: found.page }, found.title))] : [];
    });
    return make("ul", {}, ...links);
  }

  return { element, ask, refresh, title, passage: () => now.name };
}

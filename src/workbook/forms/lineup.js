// @ts-check
// The faces of a line-up: the voices of a chain from the outside in, drawn as envelopes within
// envelopes, and items in their order.

import { button, chip, make, phrase, setOff } from "./dom.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */
/** @typedef {import("./shapes.js").Voice} Voice */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function chainFace(bench) {
  const { face, words } = bench;
  const names = { offered: "voices_offered", built: "your_line", empty: "line_empty" };
  const open = (/** @type {string[]} */ chain) => (chain.length ? "" : phrase(words, "missing_chain"));
  return lineUp(bench, face.voices, names, opening(face.passage?.text ?? ""), open, face.others);
}

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function orderFace(bench) {
  const { face, words } = bench;
  const names = { offered: "items_offered", built: "your_order", empty: "order_empty" };
  const items = face.options.map((option) => ({ ...option, mark: "", colour: null }));
  return lineUp(bench, items, names, null, (order) => {
    const open = face.options.filter((option) => !order.includes(option.id));
    return open.length ? phrase(words, "missing_order", { items: open.map((option) => option.label).join(", ") }) : "";
  });
}

/**
 * @param {Bench} bench
 * @param {Voice[]} offered
 * @param {{offered: string, built: string, empty: string}} names  of its sentences
 * @param {string | null} inside  what the innermost envelope holds; without it nothing is nested
 * @param {(chain: string[]) => string} open  what is still missing
 * @param {[string, Voice[]][]} [others]  more that is offered, by kind, to be chosen from a list
 * @returns {Body}
 */
function lineUp({ words, uid, say, changed }, offered, names, inside, open, others = []) {
  /** @type {string[]} */
  let chain = [];
  const list = make("ol", { class: "wb-line-up", "aria-labelledby": `${uid}-line-up` });
  const nest = make("div", { class: "wb-nest" });
  const empty = make("p", { class: "wb-nest-empty" }, phrase(words, names.empty));

  const adders = offered.map((voice) => {
    const element = make(
      "button",
      { type: "button", class: "wb-button wb-add", "aria-label": phrase(words, "add", { voice: voice.label }) },
      make("span", { class: "wb-plus", "aria-hidden": "true" }),
      chip(voice),
    );
    element.addEventListener("click", () => put(voice));
    return { voice, element };
  });
  const known = [...offered, ...others.flatMap(([, voices]) => voices)];
  const more = others.length ? listOf(others, words, say, put) : null;

  const element = make(
    "div",
    { class: inside === null ? "wb-face wb-chain wb-flat" : "wb-face wb-chain" },
    make(
      "fieldset",
      { class: "wb-offered" },
      make("legend", { class: "wb-legend" }, phrase(words, names.offered)),
      make("div", { class: "wb-adders" }, ...adders.map((adder) => adder.element), more?.element),
    ),
    make(
      "fieldset",
      { class: "wb-built" },
      make("legend", { class: "wb-legend", id: `${uid}-line-up` }, phrase(words, names.built)),
      nest,
    ),
  );

  /** @param {Voice} voice */
  function put(voice) {
    if (chain.includes(voice.id)) {
      say(phrase(words, "already_in", { voice: voice.label }));
      return;
    }
    chain.push(voice.id);
    redraw();
    say(phrase(words, "added", position(chain.length - 1)));
  }

  /**
   * A voice typed in a notebook need not be one of those offered here.
   * @param {string} id
   * @returns {Voice}
   */
  function voiceOf(id) {
    return known.find((voice) => voice.id === id) ?? { id, label: id, mark: "?", colour: null };
  }

  /** @param {number} i */
  function position(i) {
    return { voice: voiceOf(chain[i] ?? "").label, n: i + 1, all: chain.length };
  }

  /** @type {Record<string, Record<string, HTMLButtonElement>>} */
  let rows = {};

  function redraw() {
    rows = {};
    const depth = chain.length;
    nest.style.setProperty("--wb-depth", String(depth));
    const frames = (inside === null ? [] : chain).map((id, i) => {
      const frame = make("div", { class: `wb-frame wb-voice-${voiceOf(id).colour ?? 0}`, "aria-hidden": "true" });
      frame.style.gridRow = `${i + 1} / ${2 * depth + 2 - i}`;
      frame.style.setProperty("--wb-level", String(i));
      return frame;
    });
    const letter = make("p", { class: "wb-letter", "aria-hidden": "true" }, inside);
    letter.style.gridRow = `${depth + 1}`;
    letter.style.setProperty("--wb-level", String(depth));
    list.replaceChildren(...chain.map(row));
    list.style.gridRow = depth ? `1 / ${depth + 1}` : "1";
    nest.style.gridTemplateRows = depth ? `repeat(${depth + 1}, auto) repeat(${depth}, var(--wb-lip))` : "";
    nest.classList.toggle("wb-nest-bare", !depth);
    nest.replaceChildren(...(depth ? [...frames, list, inside === null ? "" : letter] : [empty]));
    for (const adder of adders) setOff(adder.element, chain.includes(adder.voice.id));
    changed();
  }

  /**
   * @param {string} id
   * @param {number} i
   */
  function row(id, i) {
    const voice = voiceOf(id);
    const earlier = control("earlier", voice, () => move(i, i - 1, "earlier"));
    const later = control("later", voice, () => move(i, i + 1, "later"));
    const remove = control("remove", voice, () => takeOut(i));
    setOff(earlier, i === 0);
    setOff(later, i === chain.length - 1);
    rows[id] = { earlier, later, remove };
    const item = make(
      "li",
      { class: "wb-link" },
      make(
        "span",
        { class: "wb-link-name" },
        chip(voice),
        make("span", { class: "wb-place" }, phrase(words, "place", { n: i + 1, all: chain.length })),
      ),
      make("span", { class: "wb-moves" }, earlier, later, remove),
    );
    item.style.setProperty("--wb-level", String(i));
    return item;
  }

  /**
   * @param {"earlier" | "later" | "remove"} name
   * @param {Voice} voice
   * @param {() => void} act
   */
  function control(name, voice, act) {
    const made = button("", `wb-move wb-move-${name}`, act);
    made.setAttribute("aria-label", phrase(words, `${name}_voice`, { voice: voice.label }));
    made.append(
      make("span", { class: "wb-arrow", "aria-hidden": "true" }),
      make("span", { class: "wb-move-word" }, phrase(words, name)),
    );
    return made;
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {"earlier" | "later"} name
   */
  function move(from, to, name) {
    const [id] = chain.splice(from, 1);
    if (id === undefined) return;
    chain.splice(to, 0, id);
    redraw();
    // The rows are new elements: the focus goes to the same control of the same voice.
    rows[id]?.[name]?.focus();
    say(phrase(words, "moved", position(to)));
  }

  /** @param {number} i */
  function takeOut(i) {
    const [id] = chain.splice(i, 1);
    if (id === undefined) return;
    redraw();
    const next = chain[i] ?? chain[i - 1];
    if (next !== undefined) rows[next]?.remove?.focus();
    else (adders.find((adder) => adder.voice.id === id)?.element ?? more?.select)?.focus();
    say(phrase(words, "removed", { voice: voiceOf(id).label }));
  }

  redraw();
  return {
    element,
    read: () => (chain.length ? [...chain] : null),
    missing: () => open(chain),
    show(answer) {
      chain = Array.isArray(answer) ? [...new Set(answer.filter((id) => typeof id === "string"))] : [];
      redraw();
    },
  };
}

/**
 * A list to choose a voice from, where there are more than buttons have room for.
 * @param {[string, Voice[]][]} groups
 * @param {import("./shapes.js").Words} words
 * @param {(sentence: string) => void} say
 * @param {(voice: Voice) => void} put
 */
function listOf(groups, words, say, put) {
  const voices = groups.flatMap(([, some]) => some);
  const select = make(
    "select",
    { class: "wb-select", "aria-label": phrase(words, "whose_others"), autocomplete: "off" },
    make("option", { value: "" }, phrase(words, "whose_others")),
    ...groups.map(([label, some]) =>
      // The name first: whoever types it, finds it.
      make("optgroup", { label }, ...some.map((one) => make("option", { value: one.id }, `${one.label} ${one.mark}`))),
    ),
  );
  const add = button(phrase(words, "whose_add"), "wb-add-other", () => {
    const voice = voices.find((one) => one.id === select.value);
    if (!voice) {
      say(phrase(words, "whose_unchosen"));
      select.focus();
      return;
    }
    select.value = "";
    put(voice);
  });
  return { select, element: make("div", { class: "wb-others" }, select, add) };
}

/**
 * The first words of a passage: the letter inside the innermost envelope.
 * @param {string} text
 */
function opening(text) {
  const flat = text.replace(/\s+/g, " ").trim();
  const cut = flat.length > 64 ? flat.lastIndexOf(" ", 60) : -1;
  return cut > 0 ? `${flat.slice(0, cut)} …` : flat;
}

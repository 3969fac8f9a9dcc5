// @ts-check
// The face of a rating in two looks: two dials of the words alone; then, once these are kept, whose
// words they are, all six dials, the rule's word for them, a reason, and how sure one is.

import { dialField, roadList, wordsFigure } from "./dials.js";
import { make, phrase } from "./dom.js";
import { NO_FIND, ruleSteps, verdictOf } from "./evidence.js";
import { BLIND_DIALS } from "./rating.js";
import { isRecord } from "./scoring.js";

/** @typedef {import("./shapes.js").Bench} Bench */
/** @typedef {import("./shapes.js").Body} Body */
/** @typedef {import("./evidence.js").Profile} Profile */

/**
 * @param {Bench} bench
 * @returns {Body}
 */
export function rateFace(bench) {
  const { face, words, uid, say, changed } = bench;
  const dials = face.dials ?? [];
  const fields = dials.map((dial) => dialField(bench, dial, dial.id));
  const isBlind = (/** @type {{dial: {id: string}}} */ field) => BLIND_DIALS.includes(field.dial.id);
  const because = make("textarea", { class: "wb-write wb-because-field", id: `${uid}-because`, rows: 4, dir: "auto" });
  const sure = make("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    class: "wb-number wb-sure",
    id: `${uid}-sure`,
  });
  const finds = face.finds ?? [];
  const only = finds.length === 1 ? finds[0] : null;
  const find = make(
    "select",
    { class: "wb-select", id: `${uid}-find` },
    make("option", { value: "" }, phrase(words, "rate_find_open")),
    ...finds.map(({ id, label }) => make("option", { value: id }, only ? phrase(words, "rate_find_yes") : label)),
    make("option", { value: NO_FIND }, phrase(words, only ? "rate_find_no" : "rate_find_none")),
  );
  const asked = only ? phrase(words, "rate_find_one", { find: only.label }) : phrase(words, "rate_find");
  const quoted = make("div", { class: "wb-rate-words" });
  const head = make("p", { class: "wb-step-title", tabindex: "-1" }, phrase(words, "rate_step_revealed"));
  const first = make("p", { class: "wb-had" });
  const roads = make("div", { class: "wb-roads" });
  const word = make("p", { class: "wb-rate-verdict" });
  const steps = make("ol", { class: "wb-rule-steps" });
  const why = make("details", { class: "wb-rule" }, make("summary", {}, phrase(words, "rate_steps")), steps);
  /** whether the first look is kept and the second open */
  let open = false;
  let spoken = "";

  const second = make(
    "div",
    { class: "wb-rate-step" },
    head,
    first,
    roads,
    make("p", { class: "wb-how" }, phrase(words, "rate_about_revealed")),
    ...fields.filter((field) => !isBlind(field)).map((field) => field.element),
    make("div", { class: "wb-rate-rule" }, word, why),
    make("label", { class: "wb-legend", for: `${uid}-because` }, phrase(words, "rate_because")),
    because,
    make("label", { class: "wb-legend", for: `${uid}-sure` }, phrase(words, "rate_confidence")),
    sure,
    finds.length > 0 && make("label", { class: "wb-legend", for: `${uid}-find` }, asked),
    finds.length > 0 && find,
  );
  const element = make(
    "div",
    { class: "wb-face wb-rate", role: "group", "aria-labelledby": `${uid}-prompt` },
    make(
      "div",
      { class: "wb-statement" },
      make("span", { class: "wb-statement-name" }, phrase(words, "rate_claim")),
      make("p", {}, face.claim ?? ""),
    ),
    quoted,
    make(
      "div",
      { class: "wb-rate-step" },
      make("p", { class: "wb-step-title" }, phrase(words, "rate_step_blind")),
      make("p", { class: "wb-how" }, phrase(words, "rate_about_blind")),
      ...fields.filter(isBlind).map((field) => field.element),
    ),
    second,
  );
  element.addEventListener("input", () => {
    judgeByRule();
    changed();
  });

  /** @returns {Profile | null} the six levels, once all are set */
  function profile() {
    const levels = fields.map((field) => /** @type {const} */ ([field.dial.id, field.read()]));
    if (levels.some(([, level]) => level === null)) return null;
    return /** @type {Profile} */ (Object.fromEntries(levels));
  }

  function judgeByRule() {
    const levels = profile();
    why.hidden = !levels;
    word.textContent = levels ? phrase(words, "rate_verdict", { verdict: verdictOf(levels) }) : phrase(words, "rate_open");
    steps.replaceChildren(...(levels ? ruleSteps(levels, dials, words).map((one) => make("li", {}, one)) : []));
    if (levels && open && word.textContent !== spoken) say(word.textContent);
    spoken = word.textContent;
  }

  /** @param {Record<string, unknown> | null} [look]  the first look, where it is at hand */
  function arrange(look = null) {
    second.hidden = !open;
    const original = face.original
      ? make(
          "figure",
          { class: "wb-passage wb-voice-0" },
          make("figcaption", { class: "wb-source" }, make("span", { class: "wb-line" }, phrase(words, "rate_original"))),
          make("blockquote", {}, face.original),
        )
      : null;
    quoted.replaceChildren(wordsFigure(face.passage?.text ?? "", open ? face.reveal : null, words));
    if (original) quoted.append(original);
    roads.replaceChildren(...(open ? roadList(face.reveal, words) : []));
    first.hidden = !look;
    if (look) {
      const levels = fields.filter(isBlind).map((field) => `${field.dial.label} ${look[field.dial.id]}`);
      first.textContent = phrase(words, "rate_first", { levels: levels.join(", ") });
    }
    judgeByRule();
  }

  arrange();
  return {
    element,
    holdsPassage: true,
    action: () => phrase(words, open ? "keep" : "rate_keep_blind"),
    read() {
      const levels = Object.fromEntries(fields.map((field) => [field.dial.id, field.read()]));
      if (!open) return Object.fromEntries(BLIND_DIALS.map((dial) => [dial, levels[dial]]));
      const whole = { ...levels, because: because.value, confidence: Number(sure.value.trim()) };
      return find.value ? { ...whole, find: find.value } : whole;
    },
    missing() {
      const asked = open ? fields : fields.filter(isBlind);
      const unset = asked.filter((field) => field.read() === null).map((field) => field.dial.label);
      if (unset.length) return phrase(words, "missing_dials", { dials: unset.join(", ") });
      if (!open) return "";
      if (!/[^ \t\r\n]/.test(because.value)) return phrase(words, "missing_because");
      return /^(?:[5-9][0-9]|100)$/.test(sure.value.trim()) ? "" : phrase(words, "missing_confidence");
    },
    show(answer) {
      const known = isRecord(answer) ? answer : {};
      const blind = isRecord(answer) && !Object.hasOwn(answer, "because");
      open = isRecord(answer);
      for (const field of fields) field.show(known[field.dial.id]);
      because.value = typeof known.because === "string" ? known.because : "";
      sure.value = typeof known.confidence === "number" ? String(known.confidence) : "";
      find.value = typeof known.find === "string" ? known.find : "";
      arrange(blind ? known : null);
    },
    kept(answer) {
      if (open || !isRecord(answer)) return;
      open = true;
      arrange(answer);
      head.focus();
    },
  };
}

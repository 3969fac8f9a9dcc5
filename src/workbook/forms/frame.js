// @ts-check
// What all faces share: the prompt, the passage, Check, hints, the reply, the tries, the worked answer.

import { button, make, phrase, setOff, sign } from "./dom.js";
import { certaintyFace, classifyFace, driftFace } from "./grid.js";
import { columnFace } from "./column.js";
import { chainFace, orderFace } from "./lineup.js";
import { markFace } from "./mark.js";
import { matrixFace } from "./matrix.js";
import { numberFace } from "./number.js";
import { choiceFace, choicesFace } from "./pick.js";
import { isNoted } from "./noting.js";
import { passageFigure, withBreaks } from "./passage.js";
import { provenanceFace } from "./provenance.js";
import { rateFace } from "./rate.js";
import { feedbackParts, workedParts } from "./reply.js";
import { asksForWords } from "./telling.js";
import { tellingStep } from "./words.js";
import { writeFace } from "./write.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Feedback} Feedback */
/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./shapes.js").Body} Body */
/** @typedef {import("./shapes.js").Bench} Bench */

const FACES = {
  choice: choiceFace,
  choices: choicesFace,
  mark: markFace,
  chain: chainFace,
  order: orderFace,
  certainty: certaintyFace,
  classify: classifyFace,
  drift: driftFace,
  number: numberFace,
  matrix: matrixFace,
  provenance: provenanceFace,
  write: writeFace,
  rate: rateFace,
  column: columnFace,
};

/**
 * @typedef {object} FormOptions
 * @property {Face} face
 * @property {Words} words
 * @property {string} uid  a prefix for ids, unique on the page
 * @property {number=} level  of the heading
 * @property {number=} hints  how many are open already
 * @property {(answer: unknown) => Feedback | Promise<Feedback>} commit
 * @property {((shown: number) => void)=} onHint
 * @property {import("./words.js").Telling=} telling  where it is kept which words told the learner
 */

/**
 * @typedef {object} Form
 * @property {HTMLElement} element
 * @property {(feedback: Feedback | null, answer: unknown) => void} update  from outside: an earlier
 *   answer found again, another tab, an erased record
 */

/**
 * @param {FormOptions} options
 * @returns {Form}
 */
export function buildForm(options) {
  const { face, words, uid, level = 3 } = options;
  const say = (/** @type {string} */ name, /** @type {Record<string, string | number>} */ fill = {}) =>
    phrase(words, name, fill);

  const noted = face.keyless === true || isNoted(face);
  const spoken = make("div", { class: "wb-spoken", "aria-live": "polite", "aria-atomic": "true" });
  const status = make("div", { class: "wb-status", role: "status", "aria-atomic": "true" });
  const after = make("div", { class: "wb-after" });
  const asked = make("div", { class: "wb-asked" });
  const hintList = make("ol", { class: "wb-hints", "aria-live": "polite" });
  const triesLine = make("p", { class: "wb-tries" });

  let closed = false;
  let busy = false;
  let tries = 0;
  let hintsShown = Math.min(options.hints ?? 0, face.hints.length);

  const body = FACES[face.kind]({
    face,
    words,
    uid,
    say: (sentence) => {
      spoken.textContent = sentence;
    },
    changed: () => status.classList.add("wb-stale"),
  });
  const locked = lockable(body.element);

  const check = make("button", { type: "submit", class: "wb-button wb-check" }, say(noted ? "keep" : "check"));
  const hintButton = button("", "wb-quiet wb-hint-button", () => {
    if (hintsShown >= face.hints.length) return;
    hintsShown += 1;
    options.onHint?.(hintsShown);
    showHints();
  });

  /** The button says what it would keep now. */
  function nameCheck() {
    if (body.action) check.textContent = body.action();
  }

  function showHints() {
    for (const hint of face.hints.slice(hintList.children.length, hintsShown)) {
      hintList.append(make("li", {}, hint));
    }
    hintList.hidden = !hintsShown;
    const next = hintsShown + 1;
    const all = face.hints.length;
    hintButton.textContent = next > all ? say("hints_all") : say("hint", { n: next, all });
    setOff(hintButton, next > all);
  }

  /** @param {Feedback | null} feedback */
  function showTries(feedback) {
    const left = feedback ? feedback.tries_left : face.tries;
    const dots = Array.from({ length: face.tries }, (_, i) =>
      make("span", { class: i < face.tries - left ? "wb-dot wb-dot-used" : "wb-dot" }),
    );
    triesLine.replaceChildren(
      make("span", { class: "wb-dots", "aria-hidden": "true" }, ...dots),
      closed ? say("finished") : say("tries_left", { n: left }),
    );
  }

  /**
   * @param {Feedback | null} feedback
   * @param {boolean} [justNow]  a reply to Check, not a state found again
   */
  function showFeedback(feedback, justNow = false) {
    const again = justNow && !closed && !feedback?.closed && feedback?.tries === tries && tries > 0;
    tries = feedback?.tries ?? 0;
    closed = feedback?.closed ?? false;
    locked(closed);
    setOff(check, closed);
    status.classList.remove("wb-stale");
    status.replaceChildren(...(feedback ? feedbackParts(feedback, words, level + 1) : []));
    if (again && feedback?.verdict !== "unanswered") status.append(make("p", { class: "wb-again" }, say("same_again")));
    after.replaceChildren(...(feedback ? workedParts(feedback, words, level + 1) : []));
    showTelling(feedback);
    hintButton.hidden = closed || !face.hints.length || !(feedback?.tries || noted);
    if (!noted) showTries(feedback);
    showHints();
    element.classList.toggle("wb-closed", closed);
  }

  /** @type {ReturnType<typeof tellingStep> | null} */
  let step = null;

  /** @param {Feedback | null} feedback */
  function showTelling(feedback) {
    const asks = asksForWords(face, feedback);
    asked.hidden = !asks || !options.telling;
    if (!asks || !options.telling) return;
    step ??= tellingStep(face, words, uid, options.telling, (sentence) => {
      spoken.textContent = sentence;
    });
    if (!asked.childElementCount) asked.append(step.element);
    step.show(feedback?.told ?? []);
  }

  /** @param {string} sentence  said in the place of a reply; nothing was committed */
  function showNote(sentence) {
    status.classList.remove("wb-stale");
    status.replaceChildren(
      make(
        "div",
        { class: "wb-feedback wb-is-unanswered" },
        make("p", { class: "wb-verdict" }, sign("unanswered"), make("strong", {}, words.verdicts.unanswered.word)),
        make("p", { class: "wb-reply" }, sentence),
      ),
    );
  }

  async function commit() {
    if (closed || busy) return;
    const open = body.missing();
    if (open) {
      showNote(open);
      return;
    }
    try {
      const answer = body.read();
      let coming = options.commit(answer);
      if (coming instanceof Promise) {
        busy = true;
        element.setAttribute("aria-busy", "true");
        coming = await coming;
      }
      showFeedback(coming, true);
      if (coming.verdict !== "unanswered") body.kept?.(answer);
      nameCheck();
    } catch (fault) {
      console.error(fault);
      showNote(fault instanceof Silence ? say("no_kernel") : say("our_fault"));
    } finally {
      busy = false;
      element.removeAttribute("aria-busy");
    }
  }

  const form = make(
    "form",
    { class: "wb-body", novalidate: true },
    body.element,
    make("div", { class: "wb-blank", "aria-hidden": "true" }),
    make("div", { class: "wb-actions" }, check, hintButton, triesLine),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    commit();
  });

  const title = make(
    "div",
    { class: "wb-title", id: `${uid}-title`, role: "heading", "aria-level": level },
    face.title,
  );
  const element = make(
    "section",
    { class: `wb-form wb-kind-${face.kind}`, "aria-labelledby": `${uid}-title` },
    make(
      "div",
      { class: "wb-head" },
      make(
        "p",
        { class: "wb-kicker" },
        say(`kind_${face.kind}`),
        face.reading ? make("span", { class: "wb-reading" }, say(`reading_${face.reading.replace(" ", "_")}`)) : null,
      ),
      title,
      make("p", { class: "wb-prompt", id: `${uid}-prompt` }, face.prompt),
    ),
    face.passage && !body.holdsPassage ? passageFigure(face, words, withBreaks(face.passage.text.trim())) : null,
    form,
    hintList,
    status,
    asked,
    after,
    spoken,
  );

  showFeedback(null);
  nameCheck();
  return {
    element,
    update(feedback, answer) {
      body.show(answer ?? null);
      nameCheck();
      showFeedback(feedback);
    },
  };
}

/** The kernel said nothing in good time. */
export class Silence extends Error {}

/**
 * A face that can be closed without losing the focus or the way through it: its controls stay
 * where they are and can be read, but no longer change anything.
 * @param {HTMLElement} element
 */
function lockable(element) {
  let locked = false;
  for (const kind of ["click", "mousedown", "keydown", "beforeinput", "pointerdown"]) {
    element.addEventListener(
      kind,
      (event) => {
        const key = event instanceof KeyboardEvent ? event.key : "";
        if (!locked || key === "Tab" || event.target instanceof HTMLElement && event.target.closest("summary")) return;
        if (key.startsWith("Arrow") && !(event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true },
    );
  }
  return (/** @type {boolean} */ now) => {
    locked = now;
    if (now) element.setAttribute("aria-disabled", "true");
    else element.removeAttribute("aria-disabled");
  };
}

// @ts-check
// The form in a notebook: the same frame and faces, but Python judges and keeps the record.

import { Silence, buildForm } from "./frame.js";
import { sameValue } from "./scoring.js";

/** @typedef {import("./shapes.js").Feedback} Feedback */

/**
 * What we use of an anywidget model.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(content: unknown) => void} send
 * @property {(event: string, listener: (...args: any[]) => void) => void} on
 * @property {(event: string, listener: (...args: any[]) => void) => void} off
 */

/** A kernel that is only busy with another cell still deserves some patience. */
const PATIENCE = 15_000;

let forms = 0;

/**
 * @param {{model: Model, el: HTMLElement}} here
 * @returns {() => void} what to do when the output is cleared
 */
export function renderForm({ model, el }) {
  forms += 1;
  /** @type {((feedback: Feedback) => void) | null} */
  let arrived = null;
  /** @type {Feedback | null} */
  let shown = null;

  const form = buildForm({
    face: model.get("face"),
    words: model.get("words"),
    uid: `wbn${forms}`,
    level: 4,
    hints: model.get("hints") ?? 0,
    onHint: () => model.send({ type: "hint" }),
    telling: {
      kept: () => model.get("told") ?? undefined,
      keep: (quotations) => model.send({ type: "told", quotations }),
    },
    commit(answer) {
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          arrived = null;
          reject(new Silence());
        }, PATIENCE);
        arrived = (feedback) => {
          clearTimeout(giveUp);
          resolve(feedback);
        };
        model.send({ type: "commit", answer });
      });
    },
  });

  /** @param {{type?: string, feedback?: Feedback}} message */
  function onMessage(message) {
    if (message?.type !== "feedback" || !message.feedback) return;
    shown = message.feedback;
    if (arrived) arrived(message.feedback);
    arrived = null;
  }
  function onFeedback() {
    // Our own reply comes as a message; this is a try made in another view of the same form.
    if (arrived || sameValue(model.get("feedback"), shown)) return;
    shown = model.get("feedback");
    form.update(shown, model.get("answer"));
  }

  model.on("msg:custom", onMessage);
  model.on("change:feedback", onFeedback);
  onFeedback();
  keepKeys(form.element);
  el.replaceChildren(form.element);
  return () => {
    model.off("msg:custom", onMessage);
    model.off("change:feedback", onFeedback);
  };
}

/**
 * JupyterLab's one-key commands (A, B, X, arrows) must not act on the notebook from in here; those
 * with Ctrl or Cmd, saving above all, still must.
 * @param {HTMLElement} element
 */
function keepKeys(element) {
  const keep = () => element.setAttribute("data-lm-suppress-shortcuts", "true");
  keep();
  element.addEventListener("keydown", (event) => {
    if (event.key === "Control" || event.key === "Meta") {
      element.removeAttribute("data-lm-suppress-shortcuts");
    }
    // The notebook's own listener goes to another cell at an arrow, even out of an open list.
    if (event.key.startsWith("Arrow")) event.stopPropagation();
  });
  element.addEventListener("keyup", keep);
  element.addEventListener("focusout", keep);
}

export default { render: renderForm };

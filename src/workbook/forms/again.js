// @ts-check
// "Back again": at the top of a page of exercises, what earlier answers make due there.

import { make, phrase } from "./dom.js";
import { dueAmong } from "./spacing.js";

/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./spacing.js").Return} Return */
/** @typedef {import("./store.js").Store} Store */

/**
 * A list of links to the exercises that are due; hidden while there are none.
 * @param {Record<string, Return>} returns
 * @param {string} caseId
 * @param {Store} store
 * @param {Words} words
 */
export function backAgain(returns, caseId, store, words) {
  const list = make("ul", {});
  const element = make(
    "section",
    { class: "wb-record wb-due", "aria-labelledby": "wb-due-title" },
    make("div", { class: "wb-record-title", id: "wb-due-title", role: "heading", "aria-level": 2 }, phrase(words, "due")),
    make("p", {}, phrase(words, "due_about")),
    list,
  );
  const known = Object.values(returns);
  function draw() {
    const due = dueAmong(returns, caseId, store.tries());
    list.replaceChildren(
      ...due.flatMap((twin) => {
        const one = known.find((other) => other.twin === twin);
        return one ? [make("li", {}, make("a", { href: one.page }, one.title))] : [];
      }),
    );
    element.hidden = !list.childElementCount;
  }
  draw();
  store.onChange(() => queueMicrotask(draw));
  return element;
}

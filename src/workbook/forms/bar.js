// @ts-check
// The record bar: what is kept, and the learner's hand on it. Once on a page that has exercises.

import { button, make, phrase } from "./dom.js";
import { fileNameFor, learnerField, learnerIn, learnerLine, tidyName } from "./learner.js";

/** @typedef {import("./shapes.js").Words} Words */
/** @typedef {import("./store.js").Store} Store */

/** Ten times what a browser's storage holds would only freeze the page. */
const LARGEST_FILE = 4_000_000;

/** After so many answers without a download we say what a download is for. */
const REMIND_AFTER = 4;

/**
 * @param {Store} store
 * @param {Words} words
 * @param {number} level  of the heading
 * @param {string} progress  the address of the page that counts, or "" where there is none
 */
export function recordBar(store, words, level, progress) {
  const state = make("p", { class: "wb-record-state" });
  const see = make("p", { class: "wb-record-see" }, make("a", { href: progress }, phrase(words, "record_see")));
  const reminder = make("p", { class: "wb-record-remind" }, phrase(words, "record_remind"));
  const said = make("p", { class: "wb-record-said", role: "status" });

  const file = make("input", { type: "file", accept: ".jsonl,.txt,application/jsonl", class: "wb-file", tabindex: -1, "aria-hidden": "true" });
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    file.value = "";
    if (chosen) said.textContent = await restoreFrom(chosen, store, words, learner.input);
  });

  const learner = learnerField(words);
  const download = button(phrase(words, "download"), "wb-download", () => {
    const name = tidyName(learner.input.value);
    const called = fileNameFor(name);
    save(learnerLine(name) + store.text(), called);
    store.downloaded();
    said.textContent = phrase(words, "downloaded", { file: called });
  });
  const restore = button(phrase(words, "restore"), "wb-quiet wb-restore", () => file.click());
  const erase = button(phrase(words, "erase"), "wb-quiet wb-erase", () => {
    sure.hidden = false;
    no.focus();
  });
  const yes = button(phrase(words, "erase_yes"), "wb-danger wb-erase-yes", () => {
    store.erase();
    learner.input.value = "";
    close();
    said.textContent = phrase(words, "erased");
  });
  const no = button(phrase(words, "erase_no"), "wb-quiet wb-erase-no", close);
  const sure = make(
    "div",
    { class: "wb-sure", role: "group", "aria-labelledby": "wb-sure-question", hidden: true },
    make("p", { id: "wb-sure-question" }, phrase(words, "erase_sure")),
    make("div", { class: "wb-record-buttons" }, no, yes),
  );
  sure.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  function close() {
    sure.hidden = true;
    erase.focus();
  }

  const guest = make("input", { type: "checkbox", class: "wb-check-box", id: "wb-guest", "aria-describedby": "wb-guest-note" });
  guest.addEventListener("change", () => store.setGuest(guest.checked));

  function draw() {
    const n = store.count;
    const place = n ? store.place : store.place === "kept" ? "none" : store.place;
    state.textContent = phrase(words, `record_${place}`, { n, fresh: store.fresh });
    see.hidden = n === 0 || !progress;
    reminder.hidden = store.place !== "kept" || store.fresh < REMIND_AFTER;
    download.hidden = n === 0;
    learner.field.hidden = n === 0;
    erase.hidden = n === 0 && sure.hidden;
    guest.checked = store.guest;
  }
  store.onChange(draw);
  draw();

  return make(
    "section",
    { class: "wb-record", "aria-labelledby": "wb-record-title" },
    make("div", { class: "wb-record-title", id: "wb-record-title", role: "heading", "aria-level": level }, phrase(words, "record")),
    state,
    see,
    reminder,
    learner.field,
    make("div", { class: "wb-record-buttons" }, download, restore, erase, file),
    sure,
    make(
      "div",
      { class: "wb-guest" },
      make("label", { for: "wb-guest" }, guest, make("span", {}, phrase(words, "guest"))),
      make("p", { id: "wb-guest-note" }, phrase(words, "guest_note")),
    ),
    said,
  );
}

/**
 * @param {File} chosen
 * @param {Store} store
 * @param {Words} words
 * @param {HTMLInputElement} learner  gets the name that stands in the file
 * @returns {Promise<string>} what to say
 */
async function restoreFrom(chosen, store, words, learner) {
  const name = { file: chosen.name };
  if (chosen.size > LARGEST_FILE) return phrase(words, "restore_large", name);
  try {
    const text = await chosen.text();
    const result = store.restore(text);
    if (!result.readable) return phrase(words, "restore_foreign", name);
    const named = text.replace(/^\ufeff/, "").split("\n").map(learnerIn).find(Boolean);
    if (named && !learner.value) learner.value = named;
    const { added, known, damaged } = result;
    return phrase(words, damaged ? "restored_damaged" : "restored", { added, known, damaged });
  } catch (fault) {
    console.error(fault);
    return phrase(words, "restore_foreign", name);
  }
}

/**
 * @param {string} text
 * @param {string} called
 */
function save(text, called) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  const link = make("a", { href: address, download: called });
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the blob only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

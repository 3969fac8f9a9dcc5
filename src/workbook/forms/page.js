// @ts-check
// Mounts the forms in the static book: no kernel, no server, also from a folder opened by double click.

import { backAgain } from "./again.js";
import { recordBar } from "./bar.js";
import { startCatalogue } from "./catalogue.js";
import { make, phrase } from "./dom.js";
import { judge } from "./exercise.js";
import { buildForm } from "./frame.js";
import { isNoted, stageOf } from "./noting.js";
import { startProgress } from "./progress.js";
import { sameValue } from "./scoring.js";
import { startShowing } from "./showing.js";
import { Store } from "./store.js";
import { TELLING } from "./telling.js";
import { startWhose } from "./whose.js";

/** @typedef {import("./shapes.js").Face} Face */
/** @typedef {import("./shapes.js").Key} Key */
/** @typedef {import("./shapes.js").Words} Words */

/** Bring a page to life: its exercises, the catalogue of claims, the thread, the learner's progress. */
export function startPage() {
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".wb-exercise")]);
  const filters = /** @type {HTMLFormElement | null} */ (document.querySelector(".wb-filters"));
  const shows = /** @type {HTMLFormElement | null} */ (document.querySelector(".wb-shows"));
  const progress = /** @type {HTMLElement | null} */ (document.querySelector(".wb-progress"));
  if (!places.length && !filters && !shows && !progress) return;
  const data = readData();
  const { exercises, words, case: caseId, returns, whose } = data;
  /** @type {Store | null} */
  let store = null;
  try {
    store = new Store();
  } catch (fault) {
    console.error(fault);
  }
  let mounted = 0;
  places.forEach((place, i) => {
    try {
      const found = exercises[place.dataset.exercise ?? ""];
      if (!found || !store) throw new Error(`no data for exercise “${place.dataset.exercise}”`);
      mountForm(place, found, words, store, `wb${i}`);
      mounted += 1;
    } catch (fault) {
      console.error(fault);
      place.append(make("p", { class: "wb-fault", role: "status" }, phrase(words, "static_fault")));
    }
  });
  if (filters && store) {
    try {
      startCatalogue(filters, words, store);
      mounted += 1;
    } catch (fault) {
      console.error(fault);
    }
  }
  if (shows) startShowing(shows, store);
  if (whose && store) {
    try {
      startWhose(whose, caseId, words, store);
      mounted += 1;
    } catch (fault) {
      console.error(fault);
    }
  }
  if (progress) {
    try {
      if (!store) throw new Error("no record to count");
      mounted += 1;
      startProgress(progress, data.chapters, caseId, store, words);
    } catch (fault) {
      console.error(fault);
      progress.replaceChildren(make("p", { class: "wb-fault", role: "status" }, phrase(words, "progress_fault")));
    }
  }
  if (store && Object.keys(returns).length) {
    (document.querySelector("article h1") ?? document.querySelector("h1"))?.after(backAgain(returns, caseId, store, words));
  }
  const last = places.at(-1) ?? filters ?? shows ?? progress;
  if (mounted && store && last) mountBar(last, store, words, data.progress);
}

/**
 * @typedef {{case: string, exercises: Record<string, {face: Face, key: Key | null}>, words: Words,
 *   returns: Record<string, import("./spacing.js").Return>, progress: string,
 *   chapters: import("./progress.js").PlacedPart[],
 *   whose: import("./asking.js").Whose | null}} PageData  `progress` is the address of that page, or ""
 */

/** @returns {PageData} */
function readData() {
  /** @type {PageData} */
  const data = { case: "", exercises: {}, words: {}, returns: {}, progress: "", chapters: [], whose: null };
  for (const script of document.querySelectorAll("script.wb-data")) {
    try {
      const part = JSON.parse(script.textContent ?? "");
      Object.assign(data.exercises, part.exercises);
      Object.assign(data.returns, part.returns);
      data.case = part.case ?? data.case;
      data.words = part.words;
      data.whose = part.whose ?? data.whose;
      data.progress = part.progress ?? data.progress;
      data.chapters = part.chapters ?? data.chapters;
    } catch (fault) {
      console.error(fault);
    }
  }
  return data;
}

/**
 * @param {HTMLElement} place
 * @param {{face: Face, key: Key | null}} exercise
 * @param {Words} words
 * @param {Store} store
 * @param {string} uid
 */
function mountForm(place, { face, key }, words, store, uid) {
  /** @type {unknown[]} what this form shows; another tab or a restored file can add to it */
  let known = [];
  const told = { ...face, stage: TELLING };
  const form = buildForm({
    face,
    words,
    uid,
    level: headingLevel(place),
    commit(answer) {
      // First what other tabs have added, so that a try is counted once and in its turn.
      const before = store.answers(face);
      store.commit({ ...face, stage: stageOf(face, answer) ?? undefined }, answer, face.keyless === true || isNoted(face));
      known = store.answers(face);
      return judge(face, key, [...before, answer], words);
    },
    telling: {
      kept: () => store.answers(told).at(-1),
      keep: (quotations) => store.commit(told, quotations, true),
    },
  });
  const catchUp = () => {
    const answers = store.answers(face);
    if (sameValue(answers, known)) return;
    known = answers;
    form.update(answers.length ? judge(face, key, answers, words) : null, answers.at(-1));
  };
  catchUp();
  store.onChange(() => queueMicrotask(catchUp));
  place.replaceChildren(form.element);
  place.classList.add("wb-live");
}

/**
 * @param {HTMLElement} last  the page's last exercise, or what it has instead
 * @param {Store} store
 * @param {Words} words
 * @param {string} progress  the address of the page of one's progress, or ""
 */
function mountBar(last, store, words, progress) {
  const reserved = /** @type {HTMLElement | null} */ (document.querySelector(".wb-record-place"));
  const bar = recordBar(store, words, headingLevel(reserved ?? last), progress);
  if (reserved) reserved.replaceChildren(bar);
  else (last.closest(".cell") ?? last).after(bar);
}

/**
 * One below the heading that the exercise stands under, so that the page's outline has no hole.
 * @param {HTMLElement} place
 */
function headingLevel(place) {
  let level = 1;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5")) {
    if (heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING) level = Number(heading.tagName[1]);
  }
  return level + 1;
}

// @ts-check
// Passages on the thread's page: which words each one is, pointing at them, and keeping them in sight.

/**
 * The passages that stand where something happened, the innermost first.
 * @param {EventTarget | null} target
 * @returns {string[]}
 */
export function namesAt(target) {
  if (!(target instanceof Element) || document.documentElement.classList.contains("wb-no-whose")) return [];
  return (/** @type {HTMLElement | null} */ (target.closest(".wb-text[data-in]"))?.dataset.in ?? "").split(" ").filter(Boolean);
}

/**
 * Show which words are asked about, and which would be.
 * @param {string} [asked]
 * @param {string} [over]
 */
export function point(asked = "", over = "") {
  for (const span of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".wb-text[data-in]"))) {
    const names = (span.dataset.in ?? "").split(" ");
    span.classList.toggle("wb-asked", names.includes(asked));
    span.classList.toggle("wb-over", names.includes(over));
  }
}

/**
 * A passage's words on one line, as they stand on the page.
 * @param {string} name
 */
export function passageWords(name) {
  const lines = new Map();
  for (const span of document.querySelectorAll(`.wb-text[data-in~="${CSS.escape(name)}"]`)) {
    const line = span.closest(".wb-line-of-thread");
    lines.set(line, (lines.get(line) ?? "") + span.textContent);
  }
  return [...lines.values()].join(" ").replace(/\s+/g, " ").trim();
}

/**
 * Scroll as little as lets the words asked about be read above the panel.
 * @param {HTMLElement} panel
 */
export function settle(panel) {
  const spans = [...document.querySelectorAll(".wb-text.wb-asked")];
  const first = spans[0]?.getBoundingClientRect().top ?? 0;
  const last = spans.at(-1)?.getBoundingClientRect().bottom ?? 0;
  const head = document.querySelector(".bd-header-article")?.getBoundingClientRect().bottom ?? 0;
  const top = Math.max(head, 0) + 12;
  const over = last + 12 - panel.getBoundingClientRect().top;
  const by = first < top ? first - top : Math.min(Math.max(over, 0), first - top);
  if (by) window.scrollBy({ top: by, behavior: "instant" });
  // What gets the focus in the text is scrolled to above the panel, see whose.css.
  document.documentElement.style.setProperty("--wb-sheet", `${panel.offsetHeight}px`);
}

/** The panel is gone. */
export function unsettle() {
  document.documentElement.style.removeProperty("--wb-sheet");
}

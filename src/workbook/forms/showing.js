// @ts-check
// What of ours the thread's page shows beside the thread: the reader's choice, remembered here.

/** @typedef {import("./store.js").Store} Store */

/**
 * The switches above the thread. What was hidden on an earlier visit is hidden by the page itself,
 * before it is drawn; here the switches are brought to life.
 * @param {HTMLFormElement} form
 * @param {Store | null} store
 */
export function startShowing(form, store) {
  const page = document.documentElement;
  const wanted = document.getElementById(location.hash.slice(1));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const box of form.querySelectorAll("input")) {
    const hidden = `wb-no-${box.name}`;
    // Who comes by a link to a mark wants to see it.
    if (page.classList.contains(hidden) && isHidden(wanted)) page.classList.remove(hidden);
    box.checked = !page.classList.contains(hidden);
    box.addEventListener("change", () => {
      page.classList.toggle(hidden, !box.checked);
      remember(`wb.show.${box.name}`, box.checked ? "on" : "off", store?.guest ?? false);
    });
  }
}

/** @param {Element | null} element */
function isHidden(element) {
  return element !== null && element.getClientRects().length === 0;
}

/**
 * @param {string} key
 * @param {string} value
 * @param {boolean} guest  then only until the tab closes
 */
function remember(key, value, guest) {
  try {
    sessionStorage.removeItem(key);
    (guest ? sessionStorage : localStorage).setItem(key, value);
  } catch {
    // It holds for this visit all the same.
  }
}

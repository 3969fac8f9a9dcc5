// @ts-check
// What is said in several lines: sentences, subheadings, items of a list, quoted texts. The twin of
// layout.py.

/** @typedef {{kind: "sentence" | "head" | "item" | "quote", said: string}} Line */

/** @type {Record<string, "head" | "item" | "quote">} */
const SIGNS = { "§ ": "head", "– ": "item", "» ": "quote" };

/**
 * The lines of a text; empty ones are left out.
 * @param {string} said
 * @returns {Line[]}
 */
export function linesOf(said) {
  return said
    .split("\n")
    .filter(Boolean)
    .map((one) => {
      const kind = SIGNS[one.slice(0, 2)];
      return kind ? { kind, said: one.slice(2) } : { kind: "sentence", said: one };
    });
}

/** @param {string} said */
export function asHead(said) {
  return `§ ${said}`;
}

/** @param {string} said */
export function asItem(said) {
  return `– ${said}`;
}

// The record in the browser, on storages that behave, are full, are off, or are shared by two tabs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fileNameFor, learnerIn, learnerLine, tidyName } from "../../src/workbook/forms/learner.js";
import { Store, readLine, recordLine } from "../../src/workbook/forms/store.js";

const FACE = { case: "lyushkov", id: "who_remembers", revision: 1 };
const NOW = () => new Date("2026-11-23T21:04:06.123Z");

/** A Storage over a Map; `room` is how many characters it takes. */
function storage(room = Number.POSITIVE_INFINITY) {
  const items = new Map();
  return {
    items,
    get length() {
      return items.size;
    },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => void items.delete(key),
    setItem(key, value) {
      const used = [...items].reduce((sum, [k, v]) => sum + k.length + v.length, 0);
      if (used + key.length + value.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, String(value));
    },
  };
}

const open = (parts = {}) => new Store({ local: storage(), session: storage(), now: NOW, ...parts });

test("a line has the contract's bytes", () => {
  assert.equal(
    recordLine(FACE, ["gerdowning"], NOW()),
    '{"format":1,"case":"lyushkov","exercise":"who_remembers","revision":1,"answer":["gerdowning"],"stage":null,"time":"2026-11-23T21:04:06.123Z"}',
  );
  assert.match(recordLine(FACE, "é\u00a0\ud800 🙂", NOW()), /"é\u00a0\\ud800 🙂"/);
});

test("the same value again writes nothing; true is not 1", () => {
  const store = open();
  assert.equal(store.commit(FACE, ["a", "b"]), true);
  assert.equal(store.commit(FACE, ["a", "b"]), false);
  assert.equal(store.commit(FACE, ["b", "a"]), true);
  assert.equal(store.commit(FACE, true), true);
  assert.equal(store.commit(FACE, 1), true);
  assert.equal(store.commit({ ...FACE, revision: 2 }, ["a", "b"]), true);
  assert.deepEqual(store.answers(FACE), [["a", "b"], ["b", "a"], true, 1]);
  assert.equal(store.text().split("\n").length, 6);
});

test("two tabs open at once lose nothing, even when they write blindly at the same moment", () => {
  const local = storage();
  const [one, two] = ["t1", "t2"].map((tab) => open({ local, tab }));
  one.commit(FACE, ["a"]);
  two.commit(FACE, ["b"]);
  assert.deepEqual(one.answers(FACE), [["a"], ["b"]]);
  // A tab whose view of the storage is late still writes under a key of its own.
  const late = storage();
  for (const [key, value] of [...local.items].slice(0, 1)) late.items.set(key, value);
  const three = open({ local: late, tab: "t3" });
  three.commit(FACE, ["c"]);
  for (const [key, value] of late.items) local.items.set(key, value);
  assert.deepEqual(one.answers(FACE), [["a"], ["b"], ["c"]]);
});

test("a full storage keeps answers in the page and says so", () => {
  const store = open({ local: storage(300) });
  store.commit(FACE, ["a"]);
  assert.equal(store.place, "kept");
  store.commit(FACE, ["b"]);
  assert.equal(store.place, "page");
  assert.deepEqual(store.answers(FACE), [["a"], ["b"]]);
  assert.equal(store.text().trim().split("\n").length, 2);
});

test("a storage that is off, or throws at every touch, is no obstacle", () => {
  const throwing = new Proxy({}, { get: () => { throw new DOMException("denied", "SecurityError"); } });
  for (const local of [null, throwing]) {
    const store = open({ local });
    assert.equal(store.commit(FACE, ["a"]), true);
    assert.deepEqual(store.answers(FACE), [["a"]]);
    assert.equal(store.place, "page");
    store.erase();
    assert.deepEqual(store.answers(FACE), []);
  }
});

test("a damaged line is kept but skipped, and unknown fields survive", () => {
  const local = storage();
  const store = open({ local });
  store.commit(FACE, ["a"]);
  local.items.set("wb.line.00000002.zz", '{"format":1,"case":"lyu');
  const foreign = '{"format":1,"case":"lyushkov","exercise":"who_remembers","revision":1,"answer":["b"],"stage":null,"time":"t","mood":"good"}';
  local.items.set("wb.line.00000003.zz", foreign);
  assert.deepEqual(store.answers(FACE), [["a"], ["b"]]);
  assert.equal(store.count, 2);
  store.commit(FACE, ["c"]);
  const lines = store.text().trimEnd().split("\n");
  assert.equal(lines[1], '{"format":1,"case":"lyu');
  assert.equal(lines[2], foreign);
  assert.deepEqual(store.answers(FACE).at(-1), ["c"]);
});

test("restore merges, counts, keeps what it cannot read, and refuses a file with nothing in it", () => {
  const store = open();
  store.commit(FACE, ["a"]);
  const other = open({ tab: "other" });
  other.commit(FACE, ["a"]);
  other.commit(FACE, ["b"]);
  const text = `\ufeff${other.text().replaceAll("\n", "\r\n")}torn {\n\n`;
  assert.deepEqual(store.restore(text), { added: 1, known: 1, damaged: 1, readable: 2 });
  assert.deepEqual(store.restore(text), { added: 0, known: 2, damaged: 1, readable: 2 });
  assert.deepEqual(store.answers(FACE), [["a"], ["b"]]);
  assert.equal(store.text().match(/torn \{/g).length, 1);
  const before = store.text();
  assert.equal(store.restore("\u0000PNG not ours\n[1]\n").readable, 0);
  assert.equal(store.text(), before);
});

test("what is downloaded restores to the same bytes", () => {
  const store = open();
  for (const answer of [["a"], "é\ud800", { x: "not committed" }, "b"]) store.commit(FACE, answer);
  const copy = open();
  copy.restore(store.text());
  assert.equal(copy.text(), store.text());
});

test("not my computer: the browser keeps nothing; back again, nothing is lost", () => {
  const [local, session] = [storage(), storage()];
  const store = open({ local, session });
  store.commit(FACE, ["a"]);
  store.setGuest(true);
  store.commit(FACE, ["b"]);
  assert.equal([...local.items.keys()].some((key) => key.startsWith("wb.line")), false);
  assert.equal(store.place, "tab");
  assert.deepEqual(store.answers(FACE), [["a"], ["b"]]);
  assert.equal(open({ local, session }).guest, true);
  assert.deepEqual(open({ local, session: storage() }).answers(FACE), []);
  store.setGuest(false);
  assert.equal(session.items.size, 0);
  assert.deepEqual(store.answers(FACE), [["a"], ["b"]]);
  assert.equal(store.place, "kept");
});

test("erase takes everything, and the count since the last download is right", () => {
  const local = storage();
  const store = open({ local });
  store.commit(FACE, ["a"]);
  store.downloaded();
  assert.equal(store.fresh, 0);
  store.commit(FACE, ["b"]);
  assert.equal(store.fresh, 1);
  store.erase();
  assert.equal(local.items.size, 0);
  assert.equal(store.count, 0);
});

test("thousands of lines are no burden", () => {
  const store = open();
  const lines = Array.from({ length: 5000 }, (_, i) => recordLine({ ...FACE, id: `e${i % 500}` }, [`v${i}`], NOW()));
  const start = performance.now();
  assert.equal(store.restore(lines.join("\n")).added, 5000);
  store.commit(FACE, ["a"]);
  assert.ok(performance.now() - start < 5000);
});

test("a line that is no answer reads as null", () => {
  for (const line of ["", "{", "[]", "null", "7", '{"format":2}', '{"format":true,"case":"c"}', "x".repeat(100_001)]) {
    assert.equal(readLine(line), null);
  }
});

test("a learner's name stands before the answers of the file and never in the store", () => {
  const store = open();
  store.commit(FACE, ["a"]);
  const line = learnerLine(tidyName("  Anna \u0007\ud800 Berg\n"));
  assert.equal(line, '{"format":1,"learner":"Anna Berg"}\n');
  assert.equal(learnerLine(""), "");
  assert.equal(learnerIn(line.trim()), "Anna Berg");
  for (const other of ['{"format":1,"learner":"x","answer":1}', '{"learner":"x"}', '{"format":1,"learner":7}', "learner"]) {
    assert.equal(learnerIn(other), null);
  }
  const copy = open();
  assert.deepEqual(copy.restore(line + store.text()), { added: 1, known: 0, damaged: 0, readable: 1 });
  assert.equal(copy.text(), store.text());
  assert.equal(fileNameFor("Anna-Łucja Berg, 12/34"), "answers-anna-łucja-berg-12-34.jsonl");
  assert.equal(fileNameFor("../.."), "answers.jsonl");
});

// Runs the vectors that tests/test_twins.py made through the JavaScript twins, one result a line.
//   node tests/js/twin.mjs VECTORS.jsonl RESULTS.jsonl
// The first line holds the exercises and the words; numbers that JSON lacks come as {"\u0000": name}.

import { readFileSync, writeFileSync } from "node:fs";

import * as evidence from "../../src/workbook/forms/evidence.js";
import * as exercise from "../../src/workbook/forms/exercise.js";
import * as growth from "../../src/workbook/forms/growth.js";
import * as layout from "../../src/workbook/forms/layout.js";
import * as misread from "../../src/workbook/forms/misread.js";
import * as scoring from "../../src/workbook/forms/scoring.js";
import * as spacing from "../../src/workbook/forms/spacing.js";
import * as store from "../../src/workbook/forms/store.js";
import * as sums from "../../src/workbook/forms/sums.js";
import * as telling from "../../src/workbook/forms/telling.js";

const TAG = "\u0000";
const ODD = { nan: Number.NaN, "-0": -0, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY };

function revive(key, value) {
  return value && typeof value === "object" && TAG in value ? ODD[value[TAG]] : value;
}

function tag(key, value) {
  if (typeof value !== "number") return value;
  for (const [name, odd] of Object.entries(ODD)) if (Object.is(value, odd)) return { [TAG]: name };
  return value;
}

const [vectors, results] = process.argv.slice(2);
const [first, ...lines] = readFileSync(vectors, "utf8").trimEnd().split("\n");
const { exercises, words, plans } = JSON.parse(first, revive);

const RUN = {
  same_value: scoring.sameValue,
  points: scoring.points,
  locate: scoring.locate,
  mark_score: scoring.markScore,
  edit_distance: scoring.editDistance,
  chain_score: scoring.chainScore,
  certainty_score: scoring.certaintyScore,
  choices_score: scoring.choicesScore,
  order_score: scoring.orderScore,
  number_score: scoring.numberScore,
  certainties: () => Object.entries(scoring.CERTAINTIES),
  try_factors: () => scoring.TRY_FACTORS,
  verdicts: (profiles) => profiles.map(evidence.verdictOf),
  steps: (profile, dials) => evidence.ruleSteps(profile, dials, words),
  compare: (profile, finds, picked) => evidence.compareFinds(profile, finds, picked, words),
  lines: layout.linesOf,
  is_blank: exercise.isBlank,
  fill: misread.fill,
  judge: (id, answers) => exercise.judge(exercises[id].face, exercises[id].key, answers, words),
  telling: (id, quotations) => telling.sayTelling(exercises[id].face, exercises[id].key.told, quotations, words),
  telling_in_class: (id, quotations) => telling.sayTelling(exercises[id].face, [], quotations, words),
  due: (returns, caseId, tries) => spacing.dueAmong(returns, caseId, tries),
  returns: () => spacing.RETURNS,
  progress: (plan, tries) => {
    const { case: caseId, parts } = plans[plan];
    const summed = sums.sumUp(parts, caseId, tries, words);
    return [summed, growth.sayGrowth(parts, summed, words)];
  },
  encode_line: (face, answer, time) => store.recordLine(face, answer, new Date(time)),
  parse_line: (line) => {
    const found = store.readLine(line);
    return found && [found.case, found.exercise, found.revision, found.answer, found.stage];
  },
};

writeFileSync(
  results,
  lines
    .map((line) => {
      const [name, given] = JSON.parse(line, revive);
      return `${JSON.stringify(RUN[name](...given), tag)}\n`;
    })
    .join(""),
);

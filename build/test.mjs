// `npm test [-- stage [filter…]]`: the stages in order, ending at the first that fails. The first ones compute alone, or wait, and
// run three at a time; what each says is shown whole, in its turn.
// The last line is always `N passed, N failed`, with `, N skipped` when there are any.

import { fail, StepError } from './run.mjs';
import { stages } from './test-stages.mjs';

const [wanted, ...filter] = process.argv.slice(2);
const chosen = wanted
  ? stages.filter((stage) => stage.name === wanted)
  : stages.filter((stage) => !stage.isExtra);
if (chosen.length === 0) {
  const names = stages.map((stage) => stage.name).join(', ');
  fail(new StepError(`there is no stage ${wanted}: choose one of ${names}`));
}

const total = { passed: 0, failed: 0, skipped: 0 };
const first = wanted ? [] : chosen.filter((stage) => stage.hasCompany);
if (await runSideBySide(first)) await runInOrder(chosen.filter((stage) => !first.includes(stage)));
console.log(summary());
process.exitCode = total.failed > 0 ? 1 : 0;

/** @typedef {import('./test-stages.mjs').Stage} Stage */

/**
 * True when all passed.
 * @param {Stage[]} some
 */
async function runInOrder(some) {
  for (const stage of some) {
    console.log(`\n== ${stage.name}`);
    if (!tell(stage, await timed(stage))) return false;
  }
  return true;
}

/**
 * True when all passed. After one that failed those behind it are ended and not told.
 * @param {Stage[]} some
 */
async function runSideBySide(some) {
  const end = new AbortController();
  /** @type {PromiseWithResolvers<Awaited<ReturnType<typeof timed>>>[]} */
  const outcomes = some.map(() => Promise.withResolvers());
  const left = some.entries();
  const lanes = [runLane(), runLane(), runLane()];
  let areGood = true;
  for (const [at, stage] of some.entries()) {
    const outcome = await must(outcomes[at]).promise;
    console.log(`\n== ${stage.name}\n${outcome.output.trimEnd()}`);
    areGood = tell(stage, outcome);
    if (!areGood) break;
  }
  end.abort();
  await Promise.all(lanes);
  return areGood;

  async function runLane() {
    for (const [at, stage] of left) {
      if (end.signal.aborted) return;
      must(outcomes[at]).resolve(await timed(stage, { output: 'collect', signal: end.signal }));
    }
  }
}

/**
 * @param {Stage} stage
 * @param {import('./test-stages.mjs').How} [how]
 */
async function timed(stage, how) {
  const startedMs = performance.now();
  const outcome = await stage.run(filter, how);
  return { ...outcome, seconds: ((performance.now() - startedMs) / 1000).toFixed(1) };
}

/**
 * True when it passed.
 * @param {Stage} stage
 * @param {Awaited<ReturnType<typeof timed>>} outcome
 */
function tell({ name }, { counts, seconds }) {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  console.log(`== ${name} ${counts.failed > 0 ? 'failed' : 'passed'} in ${seconds} s`);
  return counts.failed === 0;
}

function summary() {
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  return `\n${total.passed} passed, ${total.failed} failed${skipped}`;
}

/**
 * @template T
 * @param {T | undefined} value
 * @returns {T}
 */
function must(value) {
  if (value === undefined) throw new Error('there is an outcome for each stage');
  return value;
}

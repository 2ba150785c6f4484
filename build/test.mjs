// `npm test [-- stage [filter…]]`: the stages in order, ending at the first that fails.
// The last line is always `N passed, N failed`, with `, N skipped` when there are any.

import { fail, StepError } from './run.mjs';
import { legs, stages } from './test-stages.mjs';

const [wanted, ...filter] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const leg of wanted ? [legOf(wanted)] : legs) {
  if (!(await runLeg(leg))) break;
}
console.log(summary());
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * @param {string} name
 * @returns {import('./test-stages.mjs').Leg}
 */
function legOf(name) {
  const stage = stages.find((one) => one.name === name);
  if (stage) return { track: [stage] };
  const names = stages.map((one) => one.name).join(', ');
  return fail(new StepError(`there is no stage ${name}: choose one of ${names}`));
}

/** @param {import('./test-stages.mjs').Leg} leg */
async function runLeg({ track, beside }) {
  const other = beside && timed(beside);
  let isGood = true;
  for (const stage of track) {
    console.log(`\n== ${stage.name}`);
    isGood = tell(await timed(stage));
    if (!isGood) break;
  }
  if (!other) return isGood;
  const ended = await other;
  console.log(`\n== ${ended.stage.name}`);
  return tell(ended) && isGood;
}

/** @param {import('./test-stages.mjs').Stage} stage */
async function timed(stage) {
  const startedMs = performance.now();
  const counts = await stage.run(filter);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  return { stage, counts, seconds };
}

/** @param {Awaited<ReturnType<typeof timed>>} ended */
function tell({ stage, counts, seconds }) {
  if (counts.said) console.log(counts.said);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  const outcome = counts.failed > 0 ? 'failed' : 'passed';
  console.log(`== ${stage.name} ${outcome} in ${seconds} s`);
  return counts.failed === 0;
}

function summary() {
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  return `\n${total.passed} passed, ${total.failed} failed${skipped}`;
}

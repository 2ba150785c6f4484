// `npm test [-- stage [filter…]]`: the stages in order, ending at the first that fails.
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
for (const stage of chosen) {
  const isGood = await runStage(stage);
  if (!isGood) break;
}
console.log(summary());
process.exitCode = total.failed > 0 ? 1 : 0;

/** @param {import('./test-stages.mjs').Stage} stage */
async function runStage(stage) {
  console.log(`\n== ${stage.name}`);
  const startedMs = performance.now();
  const counts = await stage.run(filter);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const outcome = counts.failed > 0 ? 'failed' : 'passed';
  console.log(`== ${stage.name} ${outcome} in ${seconds} s`);
  return counts.failed === 0;
}

function summary() {
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  return `\n${total.passed} passed, ${total.failed} failed${skipped}`;
}

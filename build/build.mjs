// `npm run build [--force]`: builds what is stale, side by side. Needs Node 24.

import { build } from 'vite';
import { say } from './run.mjs';
import { clearStamp, hashInputs, isStale, writeStamp } from './stale.mjs';
import { targets } from './targets.ts';

const isForced = process.argv.includes('--force');
const results = await Promise.allSettled(targets.map(buildTarget));

for (const result of results) {
  if (result.status === 'rejected') console.error(result.reason);
}
if (results.some((result) => result.status === 'rejected')) process.exitCode = 1;

/** @param {import('./targets.ts').Target} target */
async function buildTarget(target) {
  const config = target.config();
  if (!config) return;
  const hash = await hashInputs(target.inputs);
  if (!isForced && !isStale(target.name, hash)) return;
  const startedMs = performance.now();
  clearStamp(target.name);
  await build(config);
  writeStamp(target.name, hash);
  say(`built ${target.name} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

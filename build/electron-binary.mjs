// Electron's program comes from its release site, not from the registry, so it may be absent
// for good. It is asked for once; a failure is remembered for a day, so that start stays quick.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from './paths.mjs';
import { run, say } from './run.mjs';

const fetchTimeoutMs = 60_000;
const failureHoldsMs = 24 * 60 * 60_000;
const folder = fromRoot('node_modules', 'electron');
const failureFile = fromRoot('node_modules', '.musher-electron-failed');

/** The program's path, fetched when needed; undefined when it cannot be had. */
export async function obtainElectron() {
  const found = findElectron();
  if (found || hasFailedLately()) return found;
  say('fetching Electron (at most a minute)');
  const script = join(folder, 'install.js');
  await run(process.execPath, [script], { output: 'collect', timeoutMs: fetchTimeoutMs });
  const fetched = findElectron();
  if (!fetched) writeFileSync(failureFile, `${readVersion()} ${Date.now()}`);
  return fetched;
}

export function findElectron() {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const program = join(dist, readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

function hasFailedLately() {
  if (!existsSync(failureFile)) return false;
  const [version, atMs] = readFileSync(failureFile, 'utf8').split(' ');
  return version === readVersion() && Date.now() - Number(atMs) < failureHoldsMs;
}

/** @returns {string} */
function readVersion() {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

// One set-up at a time per checkout: two `npm ci` in one folder destroy each other's work.
// The lock is a folder (making one is atomic everywhere) outside of node_modules, which npm ci deletes.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './paths.mjs';
import { StepError, say } from './run.mjs';

const waitMs = 10 * 60_000;
const pollMs = 250;
// Between making the folder and writing the pid into it lies an instant; past this it was a crash.
const unnamedMs = 5_000;

/** Waits for its turn; returns what gives the lock back. */
export async function holdSetupLock() {
  const folder = join(tmpdir(), `musher-setup-${lockName()}`);
  const pidFile = join(folder, 'pid');
  const until = Date.now() + waitMs;
  let told = false;
  while (!take(folder)) {
    if (isDead(folder, pidFile)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (Date.now() > until) {
      throw new StepError(
        `another set-up has not ended for 10 minutes: end it or delete ${folder}`,
      );
    }
    if (!told) say('another set-up of this folder is running, waiting for it');
    told = true;
    await sleep(pollMs);
  }
  writeFileSync(pidFile, String(process.pid));
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  return release;
}

function lockName() {
  const id = `${userInfo().username}:${root}`;
  return createHash('sha256').update(id).digest('hex').slice(0, 16);
}

/** @param {string} folder */
function take(folder) {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} folder
 * @param {string} pidFile
 */
function isDead(folder, pidFile) {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    if (pid > 0) return !isAlive(pid);
  } catch {
    // no pid yet
  }
  try {
    return Date.now() - statSync(folder).mtimeMs > unnamedMs;
  } catch {
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

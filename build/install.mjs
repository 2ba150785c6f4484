// Installs the packages when the lock file says something else than what lies in node_modules.
// Runs on Node 20 without any package.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findOwnNode, fromRoot } from './paths.mjs';
import { run, StepError, say } from './run.mjs';

const stampFile = fromRoot('node_modules', '.musher-lock');

export async function installStep() {
  const wanted = hashLock();
  if (readText(stampFile) === wanted && findOwnNode()) return;
  if (!isInstalledByHand()) await install();
  // Last, so that an install which failed or was interrupted is done again.
  writeFileSync(stampFile, wanted);
}

async function install() {
  say('installing packages (npm ci)');
  rmSync(stampFile, { force: true });
  const { code } = await runNpm([
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  if (code !== 0) {
    throw new StepError(
      'npm ci failed: see its message above, check the network and `npm config get registry`, then try again',
    );
  }
  if (!findOwnNode()) {
    throw new StepError(
      'npm ci did not bring Node 24: its install script may be switched off (`npm config get ignore-scripts`)',
    );
  }
}

/**
 * npm's own program by its path, not by name: on Windows the name is a `.cmd`, which needs a shell.
 * @param {string[]} args
 */
function runNpm(args) {
  const npm = process.env.npm_execpath;
  if (npm && basename(npm) === 'npm-cli.js') return run(process.execPath, [npm, ...args]);
  return run('npm', args, { shell: process.platform === 'win32' });
}

/** Whoever ran `npm ci` themselves should not wait for it twice: npm notes what it installed. */
function isInstalledByHand() {
  const text = readText(fromRoot('node_modules', '.package-lock.json'));
  if (!text || !findOwnNode()) return false;
  const installed = JSON.parse(text).packages;
  const wanted = JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8')).packages;
  if (Object.keys(installed).some((path) => !wanted[path])) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return entry.optional === true || entry.peer === true;
    return (
      found.version === entry.version &&
      found.integrity === entry.integrity &&
      existsSync(fromRoot(path))
    );
  });
}

function hashLock() {
  return createHash('sha256')
    .update(readFileSync(fromRoot('package-lock.json')))
    .digest('hex');
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

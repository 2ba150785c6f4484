// `npm start [-- options]`: the desktop app where it can run, else the same app for the browser.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { obtainElectron } from './electron-binary.mjs';
import { findDesktopObstacle } from './desktop-obstacle.mjs';
import { findOwnNode, fromRoot, root } from './paths.mjs';
import { exitCode, fail, StepError, say } from './run.mjs';

try {
  start(await chooseHost(), readOptions());
} catch (error) {
  fail(error);
}

/** @returns {Promise<{ command: string, args: string[], entry: string }>} */
async function chooseHost() {
  const browser = {
    command: findOwnNode() ?? process.execPath,
    args: [fromRoot('dist/main/cli.js'), 'serve'],
  };
  const entry = 'dist/main/cli.js';
  if (process.argv.includes('--browser')) return { ...browser, entry };
  const obstacle = findDesktopObstacle();
  const electron = obstacle ? undefined : await obtainElectron();
  if (electron) {
    const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return { command: electron, args: [...flags, root], entry: 'dist/main/main.js' };
  }
  const reason = obstacle ?? 'Electron’s program could not be fetched';
  say(`${reason}, so the app is served for the browser`);
  return { ...browser, entry };
}

/** Where it was typed: npm itself goes to its package first. */
function typedIn() {
  return process.env.INIT_CWD ?? process.cwd();
}

/** What was typed after `npm start --`; the repository is the one it was typed in, if it was in one and none is named. */
function readOptions() {
  const options = process.argv.slice(2).filter((option) => option !== '--browser');
  const isNamed = options.some((option) => /^--(repo|demo)(=|$)/.test(option));
  return isNamed || !isInRepository(typedIn()) ? options : [...options, '--repo', typedIn()];
}

/**
 * @param {string} folder
 * @returns {boolean}
 */
function isInRepository(folder) {
  const parent = dirname(folder);
  return existsSync(join(folder, '.git')) || (parent !== folder && isInRepository(parent));
}

/**
 * @param {{ command: string, args: string[], entry: string }} host
 * @param {string[]} options
 */
function start(host, options) {
  if (!existsSync(fromRoot(host.entry))) {
    throw new StepError(`${host.entry} is missing: run \`npm run build\` and see what it says`);
  }
  const child = spawn(host.command, [...host.args, ...options], {
    stdio: 'inherit',
    cwd: typedIn(),
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // Ctrl-C in a terminal reaches the whole group: passed on, the app would see it twice,
    // and the second one means "now".
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) =>
    fail(new StepError(`${host.command} did not start: ${error.message}`)),
  );
  child.on('exit', (code, signal) => process.exit(exitCode(code, signal)));
}

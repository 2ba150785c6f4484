// Runs a program to its end. Used by the set-up, so it runs on Node 20 and needs no package.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './paths.mjs';

/** A failure that the reader can mend: its message is the one line to print, without a stack. */
export class StepError extends Error {}

/** @param {string} line */
export function say(line) {
  console.log(`musher: ${line}`);
}

/**
 * Prints the one line and ends with code 1. Anything but a StepError is a bug and keeps its stack.
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  console.error(error instanceof StepError ? `musher: ${error.message}` : error);
  process.exit(1);
}

/**
 * @typedef {object} RunOptions
 * @property {number} [timeoutMs] kills the program after this time; default never
 * @property {'inherit' | 'collect'} [output] shown as it comes (default), or kept and returned
 * @property {Record<string, string>} [env] added to this process's environment
 * @property {AbortSignal} [signal] ends the program
 * @property {boolean} [shell] needed for `.cmd` files on Windows
 */

/**
 * Never rejects: a program that cannot be started has code 127.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  const { timeoutMs, output = 'inherit', env, signal, shell = false } = options;
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    ...(signal && { signal }),
    shell,
    stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  const timer = timeoutMs ? setTimeout(() => child.kill('SIGKILL'), timeoutMs) : undefined;
  let collected = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      collected += text;
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: exitCode(code, signal), output: collected });
    });
  });
}

/**
 * As a shell says it: 128 + the number of the signal that ended the program.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

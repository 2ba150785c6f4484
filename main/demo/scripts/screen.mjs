// What a demo agent shows in its terminal: steps, diffs, a spinner while it works, and a prompt that answers.

import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 80;
/** Of a line of a diff, in characters. */
const widest = 44;

const paint = (/** @type {number} */ code) => (/** @type {string} */ text) =>
  `\x1b[${code}m${text}\x1b[0m`;
export const dim = paint(2);
export const bold = paint(1);
export const green = paint(32);
export const red = paint(31);
export const cyan = paint(36);
export const yellow = paint(33);

/** The line that is drawn again and again below everything else; empty when there is none. */
let live = '';

export function say(/** @type {string} */ text = '') {
  process.stdout.write(`\r\x1b[K${text}\n${live}`);
}

/** A heading in the manner of a coding CLI. Without a frame: in a grid of terminals that would be too wide. */
export function banner(/** @type {string} */ name, /** @type {string} */ task) {
  const bar = cyan('▌');
  say(`${bar} ${bold(name)}`);
  say(`${bar} ${dim(shortFolder())}`);
  say();
  say(`${dim('>')} ${task}`);
  say();
}

export function step(/** @type {string} */ text) {
  say(`${green('●')} ${text}`);
}

/** Something that came from somebody else. */
export function heard(/** @type {string} */ text) {
  say(`${yellow('◆')} ${text}`);
}

export function detail(/** @type {string} */ text) {
  for (const line of text.split('\n')) say(`  ${dim('└')} ${line}`);
}

/** The lines that differ between two texts, as an edit is shown. */
export function diff(/** @type {string} */ before, /** @type {string} */ after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const gone = old.filter((line) => !now.includes(line));
  const come = now.filter((line) => !old.includes(line));
  for (const line of gone.slice(0, 6)) say(red(`    - ${cut(line)}`));
  for (const line of come.slice(0, 12)) say(green(`    + ${cut(line)}`));
  if (come.length > 12) say(dim(`      … ${come.length - 12} more lines`));
}

/** As every such program does with lines that are wider than its window. */
function cut(/** @type {string} */ line) {
  return line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
}

/** Works on something for a while, visibly. */
export async function think(/** @type {string} */ text, /** @type {number} */ durationMs) {
  await during(text, delay(durationMs));
}

/**
 * Shows that something is being waited for, for as long as it takes.
 * @template T
 * @param {string} text
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function during(text, work) {
  let frame = 0;
  const draw = () => {
    live = `${cyan(frames[frame % frames.length] ?? '')} ${text}`;
    frame += 1;
    process.stdout.write(`\r\x1b[K${live}`);
  };
  draw();
  const timer = setInterval(draw, frameMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    live = '';
    process.stdout.write('\r\x1b[K');
  }
}

/** Calmly there from now on: a prompt, and a word for whoever types at it. */
export function showPrompt() {
  live = `${cyan('❯')} `;
  say();
}

/** Lines typed into the terminal, also while something is going on. */
export function answerTyping(/** @type {string} */ name) {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const text = line.trim();
    if (text === '') return say();
    heard(`${bold('you')}: ${text}`);
    say(dim(`  I am ${name} of the demo and follow a script, without a model. Thank you anyway.`));
  });
}

function shortFolder() {
  return process.cwd().split(/[/\\]/).slice(-2).join('/');
}

// A demo agent's hands: git and files in its own worktree.

import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { detail, diff, step } from './screen.mjs';

const run = promisify(execFile);

/** Trimmed output. */
export async function git(/** @type {string[]} */ ...args) {
  const { stdout } = await run('git', args);
  return stdout.trim();
}

export async function read(/** @type {string} */ path) {
  return readFile(path, 'utf8').catch(() => '');
}

/**
 * Changes a file by a function of its text, and shows the difference. One that was changed so before stays.
 * @param {string} path
 * @param {(text: string) => string} change
 */
export async function edit(path, change) {
  const before = await read(path);
  const after = change(before);
  if (after === before) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, after);
  step(`${before === '' ? 'Write' : 'Edit'} ${path}`);
  diff(before, after);
}

/** Commits whatever changed; gives the newest commit's id, also when nothing did. */
export async function commit(/** @type {string} */ message) {
  await git('add', '--all');
  if ((await git('status', '--porcelain')) !== '') {
    await git('commit', '--quiet', '--message', message);
    step(`git commit -m "${message}"`);
    detail(await git('log', '-1', '--format=%h %s'));
  }
  return git('rev-parse', 'HEAD');
}

/** Runs the shop's tests for real; the report's last lines say how they went. */
export async function runTests() {
  const env = { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '0' };
  // Set inside a test runner; there `node --test` would report to it and not to us.
  env.NODE_TEST_CONTEXT = undefined;
  try {
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], { env });
    return { passed: true, report: stdout };
  } catch (error) {
    return { passed: false, report: String(/** @type {any} */ (error).stdout ?? error) };
  }
}

/**
 * Takes up what `branch` has meanwhile. Where both changed the same lines, theirs is taken and `again` puts this
 * agent's own change on top.
 * @param {string} branch
 * @param {() => Promise<void>} again
 */
export async function takeUp(branch, again) {
  step(`git merge ${branch}`);
  try {
    await git('merge', '--no-edit', branch);
    return;
  } catch (error) {
    const files = (await git('diff', '--name-only', '--diff-filter=U')).split('\n').filter(Boolean);
    if (files.length === 0) throw error;
    detail(`conflict in ${files.join(', ')}`);
    for (const file of files) await git('checkout', '--theirs', '--', file);
  }
  await again();
  await git('add', '--all');
  await git('commit', '--quiet', '--no-edit');
  detail(await git('log', '-1', '--format=%h %s'));
}

// The table of watches is really full: in a user namespace of its own, so that nobody else's limit is touched.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { waitFor } from '../harness/wait.ts';

const program = fileURLToPath(new URL('../fixtures/trees/follow.ts', import.meta.url));

let repository: TestRepository | undefined;
let child: ChildProcess | undefined;
afterEach(async () => {
  child?.kill();
  await repository?.dispose();
});

function canUnshare(): boolean {
  try {
    execFileSync(
      'unshare',
      ['--user', '--map-root-user', 'test', '-w', '/proc/sys/user/max_inotify_watches'],
      { stdio: 'pipe' },
    );
    return true;
  } catch (error) {
    console.log(
      `not tried, as there is no user namespace to be had: ${String(error).split('\n')[0]}`,
    );
    return false;
  }
}

it('a full table is told with the remedy, what changes is found all the same, and events come back with the room', async () => {
  if (!canUnshare()) return;
  const folders = Array.from({ length: 20 }, (_, n) => [`d${n}/f.txt`, `${n}`]);
  repository = await makeRepository(Object.fromEntries(folders));
  const args = ['--user', '--map-root-user', process.execPath, program, repository.root, '10'];
  const { env } = repository;
  child = spawn('unshare', args, { env: { ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  const told: Array<Record<string, unknown>> = [];
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => told.push(JSON.parse(line)));
  const untilTold = (what: object) =>
    waitFor(JSON.stringify(what), () => {
      const last = told.at(-1);
      return (
        (last && Object.entries(what).every(([key, value]) => String(last[key]) === value)) ||
        String(JSON.stringify(last))
      );
    });
  await untilTold({ seenBy: 'poll' });
  expect(told.at(-1)?.reason).toMatch(/raise fs\.inotify\.max_user_watches/);
  await repository.write({ 'd19/new.txt': 'n' });
  await untilTold({ seenBy: 'poll', paths: 'd19/new.txt' });
  child.stdin?.write('1000\n');
  await untilTold({ seenBy: 'events' });
  await repository.write({ 'd18/new.txt': 'n' });
  await untilTold({ seenBy: 'events', paths: 'd18/new.txt,d19/new.txt' });
});

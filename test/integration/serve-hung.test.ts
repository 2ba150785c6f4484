// A Musher that is ended while git hangs: in its time, whatever its agents wait for. Nothing runs beside it.

import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { cases } from '../harness/rounds.ts';
import { messagesOf, openEvents } from '../harness/serve-ends.ts';
import {
  agentRecord,
  makeServeWorld,
  scriptedAgent,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';

let world: ServeWorld;
afterEach(() => world.dispose());

/** A git that hangs in making worktrees for as long as the file is there. Its stand-in is a script for sh. */
async function hangingGit(): Promise<{ env: Record<string, string>; release(): Promise<void> }> {
  const folder = join(world.repository.root, '..', 'hanging');
  const hold = join(folder, 'hold');
  const real = (await promisify(execFile)('sh', ['-c', 'command -v git'])).stdout.trim();
  const lines = [
    '#!/bin/sh',
    `case "$*" in *"worktree add"*) if [ -e "${hold}" ]; then exec sleep 600; fi;; esac`,
    `exec "${real}" "$@"`,
  ];
  await world.repository.write({
    [join('../hanging', 'git')]: { run: lines.join('\n') },
    [join('../hanging', 'hold')]: '',
  });
  const { PATH = '' } = world.repository.env;
  return {
    env: { ...world.repository.env, PATH: `${folder}${delimiter}${PATH}` },
    release: () => rm(hold),
  };
}

it.skipIf(process.platform === 'win32').each(cases(['SIGTERM'] as const, ['SIGHUP'] as const))(
  '%s while git hangs: out within ten seconds, who waits is answered, and all of it is there again',
  async (signal) => {
    world = await makeServeWorld();
    const git = await hangingGit();
    const serving = await world.serve({ env: git.env });
    await git.release();
    const one = await world.addAgent(serving, 'one');
    await one.command('message.send', { to: 'operator', body: 'before the end' });
    await world.repository.write({ '../hanging/hold': '' });
    const command = scriptedAgent('forever.mjs');
    await serving.operator.command('agent.add', { name: 'two', profile: 'script', command });
    await untilAgent(serving, 'two', 'creating');
    const waiting = one.query<{ items: unknown[] }>('inbox.read', { waitMs: 60_000 });
    const { ended } = await openEvents(serving);
    const startedMs = performance.now();
    expect(await serving.kill(signal)).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect(await waiting).toMatchObject({ items: [] });
    expect(await ended).toBe('ended');

    await git.release();
    const again = await world.serve({ env: git.env });
    await untilAgent(again, 'two', 'running');
    expect((await agentRecord(again, 'one')).state).toBe('running');
    expect(await messagesOf(again)).toEqual(['before the end']);
    expect(await again.operator.query('log.verify')).toMatchObject({ ok: true });
  },
);

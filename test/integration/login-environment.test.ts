// What an app that was started from a dock gets of the user's shell: real shells with start-up files of all manners.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentOf } from '../../main/adapters/login-environment.ts';
import { waitFor } from '../harness/wait.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'musher-home-'));
});
afterAll(() => rm(home, { recursive: true }));

const read = (shell: string, boundMs = 20_000) =>
  environmentOf({
    ...{ shell, boundMs, signal: new AbortController().signal },
    env: { HOME: home, PATH: '/usr/bin:/bin', FROM_DOCK: 'yes' },
  });

const startUp = (file: string, text: string) => writeFile(path.join(home, file), text);

describe.skipIf(process.platform === 'win32')('the environment of a login shell', () => {
  it('is what its start-up files make of ours, with values of several lines', async () => {
    await startUp(
      '.bash_profile',
      'echo Welcome; export PATH="/opt/tools/bin:$PATH" KEY=$\'a\\nb=c\' EMPTY=; cd /; TERM=dumb\n',
    );
    const found = await read('/bin/bash');
    expect(found).toMatchObject({
      kind: 'read',
      env: {
        ...{ HOME: home, FROM_DOCK: 'yes', PATH: expect.stringMatching(/^\/opt\/tools\/bin:/) },
        ...{ KEY: 'a\nb=c', EMPTY: '' },
      },
    });
    const names = Object.keys(found.kind === 'read' ? found.env : {});
    expect(names.filter((name) => /^(?:PWD|SHLVL|TERM|_)$/.test(name))).toEqual([]);
  });

  it('comes from a shell without a name for its files too', async () => {
    const found = await read('/bin/sh');
    expect(found).toMatchObject({ kind: 'read', env: { FROM_DOCK: 'yes' } });
  });

  it('is read though something that a file started holds on to the output', async () => {
    await startUp('.bash_profile', 'sleep 1000 & LATE=yes; export LATE; disown\n');
    expect(await read('/bin/bash')).toMatchObject({ kind: 'read', env: { LATE: 'yes' } });
  });

  it('is not waited for when a start-up file waits, and nothing of it is left', async () => {
    const pid = path.join(home, 'pid');
    await startUp(
      '.bash_profile',
      `sleep 1000 & echo $! > '${pid}'; read answer < /dev/zero; wait\n`,
    );
    const found = await read('/bin/bash', 700);
    expect(found).toEqual({ kind: 'silent', seconds: 1 });
    await waitFor('its child to be gone', async () => !(await isAlive(pid)) || 'it lives');
  });

  it('is told as missing where the shell says something else, or is none', async () => {
    await startUp('.bash_profile', 'echo no more >&2; exit 3\n');
    expect(await read('/bin/bash')).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/^it ended with 3: /),
    });
    await startUp('.bash_profile', 'exit 0\n');
    expect(await read('/bin/bash')).toEqual({
      kind: 'failed',
      reason: 'it did not show its environment',
    });
    expect(await read('/bin/no-shell')).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('ENOENT'),
    });
  });
});

async function isAlive(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  try {
    process.kill(Number(await readFile(file, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

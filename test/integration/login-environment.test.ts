// What an app that was started from a dock gets of the user's shell: real shells with start-up files of all manners.

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLoginEnvironment } from '../../main/adapters/login-environment.ts';
import { waitFor } from '../harness/wait.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'musher-home-'));
});
afterAll(() => rm(home, { recursive: true }));

const read = (shell: string, some: { withinMs?: number; env?: Record<string, string> } = {}) =>
  readLoginEnvironment({
    env: { HOME: home, PATH: '/usr/bin:/bin', FROM_DOCK: 'yes', ...some.env },
    platform: 'linux',
    shell,
    ...(some.withinMs !== undefined && { withinMs: some.withinMs }),
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

  it('is not waited for when a start-up file waits, and nothing of it is left', async () => {
    const pid = path.join(home, 'pid');
    await startUp(
      '.bash_profile',
      `sleep 1000 & echo $! > '${pid}'; read answer < /dev/zero; wait\n`,
    );
    const found = await read('/bin/bash', { withinMs: 700 });
    expect(found).toEqual({ kind: 'failed', reason: '/bin/bash said nothing within 700 ms' });
    await waitFor('its child to be gone', async () => !(await isAlive(pid)) || 'it lives');
  });

  it('is told as missing where the shell says something else, or is none', async () => {
    await startUp('.bash_profile', 'exit 3\n');
    expect(await read('/bin/bash')).toEqual({
      kind: 'failed',
      reason: '/bin/bash did not say its environment',
    });
    expect(await read('/bin/no-shell')).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('ENOENT'),
    });
    const loud = path.join(home, 'loud');
    await writeFile(loud, '#!/bin/sh\nexec yes\n');
    await chmod(loud, 0o755);
    expect(await read(loud)).toEqual({ kind: 'failed', reason: `${loud} said too much` });
  });
});

it('is not asked for where there is a terminal, nor on Windows', async () => {
  const never = { shell: '/bin/no-shell' };
  const asked = await Promise.all([
    readLoginEnvironment({ ...never, env: { TERM: 'xterm' }, platform: 'darwin' }),
    readLoginEnvironment({ ...never, env: {}, platform: 'win32' }),
  ]);
  expect(asked).toEqual([{ kind: 'not needed' }, { kind: 'not needed' }]);
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

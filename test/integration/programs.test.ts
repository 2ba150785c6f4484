// What agents find on their PATH and in their environment.

import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrograms, shellOf } from '../../main/adapters/programs.ts';

let folder: string;
const own = () => join(folder, 'tools', 'node_modules', '.bin');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "musher's programs-"));
  await mkdir(own(), { recursive: true });
  await writeFile(join(own(), 'claude'), '#!/bin/sh\n');
  await chmod(join(own(), 'claude'), 0o755);
  await writeFile(join(own(), 'notes.txt'), 'not a program');
});
afterAll(() => rm(folder, { recursive: true }));

function programs(env: NodeJS.ProcessEnv) {
  return createPrograms({
    env,
    platform: 'linux',
    commandFolder: join(folder, 'bin'),
    musherCommand: [process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))'],
    url: () => 'http://127.0.0.1:9119',
  });
}

describe('a program', () => {
  it('is found where the user has it, a node_modules of the user’s own too', async () => {
    const { find } = await programs({ PATH: `/nowhere:${own()}` });
    expect(await find('claude')).toBe(join(own(), 'claude'));
    expect(await find('codex')).toBeUndefined();
  });

  it('is not a file that cannot be run', async () => {
    const { find } = await programs({ PATH: own() });
    expect(await find('notes.txt')).toBeUndefined();
  });

  it('with a slash is taken from the worktree', async () => {
    const { find } = await programs({ PATH: '/usr/bin' });
    expect(await find('node_modules/.bin/claude', join(folder, 'tools'))).toBe(
      join(own(), 'claude'),
    );
  });
});

describe('the environment of an agent', () => {
  it('has no folder of npm’s in front, when npm started Musher', async () => {
    const npm = ['/app/node_modules/.bin', '/node_modules/.bin', '/npm/node-gyp-bin'];
    const PATH = [...npm, '/usr/bin', own()].join(':');
    const started = await programs({ PATH, npm_lifecycle_event: 'start' });
    expect(started.baseEnv.PATH).toBe(`/usr/bin:${own()}`);
    expect((await programs({ PATH })).baseEnv.PATH).toBe(PATH);
  });

  it('has nothing of another Musher, of npm and of Electron', async () => {
    const { baseEnv } = await programs({
      PATH: '/usr/bin',
      HOME: '/home/a',
      MUSHER_TOKEN: 'secret',
      npm_config_x: '1',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '--inspect',
      GIT_DIR: '/elsewhere',
    });
    expect(baseEnv).toEqual({
      PATH: '/usr/bin',
      HOME: '/home/a',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      TERM_PROGRAM: 'musher',
    });
  });

  it('has musher on its PATH, whatever its folder is called', async () => {
    const { agentEnv, baseEnv } = await programs({ PATH: '/usr/bin:/bin' });
    const env = { ...baseEnv, ...agentEnv({ agent: 'a', token: 't' }) };
    const { stdout } = await promisify(execFile)('musher', ['send', 'b c', '$HOME'], { env });
    expect(JSON.parse(stdout)).toEqual(['send', 'b c', '$HOME']);
    expect(env).toMatchObject({ MUSHER_AGENT: 'a', MUSHER_TOKEN: 't' });
  });
});

it('the shell is the user’s own, or the platform’s', () => {
  expect(shellOf({ env: { SHELL: '/bin/zsh' }, platform: 'darwin' })).toBe('/bin/zsh');
  expect(shellOf({ env: {}, platform: 'linux' })).toBe('/bin/sh');
  expect(shellOf({ env: {}, platform: 'win32' })).toBe('powershell.exe');
});

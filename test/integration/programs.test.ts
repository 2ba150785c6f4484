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

function programs(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') {
  return createPrograms({
    env,
    platform,
    commandFolder: join(folder, 'bin'),
    heartbeatsFolder: join(folder, 'heartbeats'),
    musherCommand: [process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))'],
    url: () => 'http://127.0.0.1:9119',
  });
}

describe('a program', () => {
  it('is found where the user has it, a node_modules of the user’s own too', async () => {
    const { find } = await programs({ PATH: `/nowhere:${own()}` });
    expect(await find('claude')).toEqual({ program: join(own(), 'claude'), args: [] });
    expect(await find('codex')).toBeUndefined();
  });

  it('is not a file that cannot be run', async () => {
    const { find } = await programs({ PATH: own() });
    expect(await find('notes.txt')).toBeUndefined();
  });

  const runnable = { mode: 0o755 };
  it.each([
    ['./nothing-here', /no file "nothing-here" in the folder .*programs-\w+\./, /worktree/],
    ['no/such/folder/run', /no file "run" in the folder .*no\/such\/folder, nor that/, /worktree/],
    ['/no-such/tool', /no file "tool" in the folder \/no-such, nor that folder/, /absolute path/],
    ['./tools', /programs-\w+\/tools is a folder/, /a program in it/],
    ['./tools/node_modules/.bin/notes.txt', /notes\.txt is not executable/, /chmod \+x .*notes/],
    ['./tools/node_modules/.bin/claude/run', /no file "run"/, /worktree/],
    ['/dev/null', /\/dev\/null is no file/, /path of a program/],
    ['./fifth\nline', /no file "fifth/, /worktree/],
    ['./strange', /strange asks for "\/no\/interpreter" in its first line/, /first line/],
    ['./windows', /asks for "\/bin\/sh\\r"/, /line ends of Unix/],
  ])('at %j that is none says why, where it was looked for, and what to do', async (...row) => {
    const [program, message, mend] = row;
    await writeFile(join(folder, 'strange'), '#! /no/interpreter -x\n', runnable);
    await writeFile(join(folder, 'windows'), '#!/bin/sh\r\nexit\r\n', runnable);
    const { find } = await programs({ PATH: '/usr/bin' });
    await expect(find(program, folder)).rejects.toMatchObject({
      wire: {
        code: 'PROGRAM_UNUSABLE',
        message: expect.stringMatching(message),
        mend: expect.stringMatching(mend),
      },
    });
  });

  it('that is a script is one without a first line for its interpreter too, as in a shell', async () => {
    const { find } = await programs({ PATH: '/usr/bin' });
    for (const [name, text] of [
      ['plain', 'echo hello'],
      ['empty', ''],
      ['by-env', '#!/usr/bin/env node\n'],
    ] as const) {
      await writeFile(join(folder, name), text, runnable);
      const program = join(folder, name);
      expect(await find(`./${name}`, folder)).toEqual({ program, args: [] });
      expect(await find(program)).toEqual({ program, args: [] });
    }
  });

  it.each([
    ['linux', './run', true],
    ['linux', 'tools/run', true],
    ['linux', '/bin/run', false],
    ['linux', 'run', false],
    ['win32', '.\\run', true],
    ['win32', 'tools/run', true],
    ['win32', 'C:\\bin\\run.exe', false],
    ['win32', 'C:/bin/run.exe', false],
    ['win32', 'run.exe', false],
  ] as const)('on %s, %j is relative: %j', async (platform, program, expected) =>
    expect((await programs({ PATH: '' }, platform)).isRelative(program)).toBe(expected),
  );

  it('with a slash is taken from the worktree', async () => {
    const { find } = await programs({ PATH: '/usr/bin' });
    expect(await find('node_modules/.bin/claude', join(folder, 'tools'))).toEqual({
      program: join(own(), 'claude'),
      args: [],
    });
  });
});

describe('on Windows', () => {
  const target = 'node_modules\\@maker\\cli';
  const shim = (file: string) =>
    `@ECHO off\r\nSETLOCAL\r\nIF EXIST "%dp0%\\node.exe" (\r\n  SET "_prog=%dp0%\\node.exe"\r\n) ELSE (\r\n  SET "_prog=node"\r\n)\r\nendLocal & "%_prog%"  "%dp0%\\${target}\\${file}" %*\r\n`;

  async function windows(files: Readonly<Record<string, string>>) {
    const bin = await mkdtemp(join(folder, 'npm-'));
    for (const [name, text] of Object.entries(files))
      await writeFile(join(bin, name), text, { mode: 0o755 });
    const env = { Path: `${join(folder, 'nowhere')};${bin}`, PATHEXT: '.COM;.EXE;.BAT;.CMD' };
    return { bin, find: (await programs(env, 'win32')).find };
  }

  it('a script that npm laid is started by Node itself, never by cmd.exe', async () => {
    const { bin, find } = await windows({
      claude: '#!/bin/sh\n',
      'claude.cmd': shim('cli.js'),
      'claude.ps1': '',
      'node.exe': '',
    });
    const script = join(bin, 'node_modules', '@maker', 'cli', 'cli.js');
    const expected = { program: join(bin, 'node.exe'), args: [script] };
    expect(await find('claude')).toEqual(expected);
    expect(await find('claude.cmd')).toEqual(expected);
  });

  it('a program that npm laid is started as it is', async () => {
    const { bin, find } = await windows({ codex: '#!/bin/sh\n', 'codex.cmd': shim('codex.exe') });
    const program = join(bin, 'node_modules', '@maker', 'cli', 'codex.exe');
    expect(await find('codex')).toEqual({ program, args: [] });
  });

  it('a file without an ending is no program', async () => {
    const { find } = await windows({ claude: '#!/bin/sh\n' });
    expect(await find('claude')).toBeUndefined();
  });

  it('a batch file of one’s own is refused: a prompt would be commands to it', async () => {
    const { find } = await windows({ 'own.bat': '@echo %*\r\n' });
    await expect(find('own')).rejects.toMatchObject({ wire: { code: 'SPAWN_FAILED' } });
  });

  it('a path that is none says in which folder, and with which endings, it was looked for', async () => {
    const { bin, find } = await windows({ run: '' });
    await expect(find('.\\run', bin)).rejects.toMatchObject({
      wire: {
        code: 'PROGRAM_UNUSABLE',
        message: expect.stringContaining(
          `no program "run" (.com, .exe, .bat, .cmd) in the folder ${bin}.`,
        ),
      },
    });
  });

  it('with a backslash is taken from the worktree', async () => {
    const { bin, find } = await windows({ 'run.exe': '' });
    expect(await find('.\\run', bin)).toEqual({ program: join(bin, 'run.exe'), args: [] });
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

  it('keeps a proxy out of what it says to Musher, and leaves the user’s own exceptions', async () => {
    const noProxy = async (env: NodeJS.ProcessEnv) => {
      const { agentEnv } = await programs({ PATH: '/usr/bin', http_proxy: 'http://p:1', ...env });
      const entries = Object.entries(agentEnv({ agent: 'a', token: 't' }));
      return Object.fromEntries(entries.filter(([name]) => /^no_proxy$/i.test(name)));
    };
    const own = '127.0.0.1,localhost,[::1]';
    expect(await noProxy({})).toEqual({ NO_PROXY: own, no_proxy: own });
    expect(await noProxy({ no_proxy: '.corp' })).toEqual({ no_proxy: `.corp,${own}` });
  });
});

it('the shell is the user’s own, or the platform’s', () => {
  expect(shellOf({ env: { SHELL: '/bin/zsh' }, platform: 'darwin' })).toBe('/bin/zsh');
  expect(shellOf({ env: {}, platform: 'linux' })).toBe('/bin/sh');
  expect(shellOf({ env: {}, platform: 'win32' })).toBe('powershell.exe');
});

// Each check on a machine that was made to be so: stand-ins on the PATH, a small disk, a stranger on the port, a broken file.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMachine } from '../../main/adapters/doctor/machine.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import { probePort } from '../../main/broker/probe.ts';
import { checks } from '../../main/features/doctor/checks.ts';
import { examine } from '../../main/features/doctor/examine.ts';
import type { Verdict } from '../../main/features/doctor/verdict.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { mountSmall, unmountAll } from '../harness/small-disk.ts';

let repository: TestRepository;
let home: string;
const servers: Server[] = [];

beforeAll(async () => {
  repository = await makeRepository();
});
afterAll(() => repository.dispose());
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'musher-doctor-'));
  await mkdir(join(home, 'bin'));
  await mkdir(join(home, 'data'), { mode: 0o700 });
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  unmountAll();
  await rm(home, { recursive: true, force: true });
  await rm(join(repository.commonDir, 'musher'), { recursive: true, force: true });
  await rm(join(repository.root, '.musher'), { recursive: true, force: true });
});

interface Made {
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly patienceMs?: number;
}

function machineOf({
  folder = repository.root,
  env = {},
  port = 1,
  patienceMs = 5_000,
}: Made = {}) {
  const all = {
    ...process.env,
    ...repository.env,
    HOME: home,
    TMPDIR: home,
    SHELL: '/bin/sh',
    ...env,
  };
  return createMachine({
    ...{ folder, port, userFolder: join(home, 'data'), reserved: ['claude'], probe: probePort },
    confirmed: { has: () => false },
    git: createGit({ clock: systemClock, env: all }),
    ...{ clock: systemClock, env: all, platform: process.platform, version: '0.1.0' },
    patienceMs,
  });
}

async function look(id: string, made?: Made): Promise<Verdict> {
  const check = checks.find((one) => one.id === id);
  const { signal } = new AbortController();
  const found = await check?.look({ machine: machineOf(made), signal });
  if (found === undefined || 'state' in found) return found as Verdict;
  return found[1] ?? (found[0] as Verdict);
}

async function standIn(name: string, script: string): Promise<void> {
  const file = join(home, 'bin', name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

/** Nothing but the stand-ins, or those before all that there is. */
const onlyStandIns = () => ({ env: { PATH: join(home, 'bin') } });
/** Of who hangs nobody has to wait for long. */
const soon = { patienceMs: 500 };
const standInsFirst = () => ({ env: { PATH: `${join(home, 'bin')}:${process.env.PATH}` } });

describe('git', () => {
  it.each([
    ['echo git version 2.39.5', 'ok', /git version 2\.39\.5/],
    ['echo git version 2.30.2', 'problem', /2\.30\.2.*needs 2\.38/],
    ['echo broken >&2; exit 3', 'problem', /ended with 3: broken/],
    // What holds the pipe open is a child of it.
    ['/bin/sleep 300 & /bin/sleep 300', 'problem', /did not say its version/],
  ])('that does %s is a %s', async (script, state, found) => {
    await standIn('git', script);
    const patient = script.includes('sleep') ? soon : {};
    expect(await look('git', { ...onlyStandIns(), ...patient })).toMatchObject({
      state,
      found: expect.stringMatching(found),
    });
  });

  it.each([
    ['all that it is asked', '/bin/sleep 300', 'problem'],
    // What it started keeps its pipes open for as long as this.
    [
      'all but its version',
      '[ "$1" = --version ] && echo git version 2.50.0 || /bin/sleep 9',
      'ok',
    ],
  ])('that hangs at %s takes no other check with it', async (_title, script, git) => {
    await standIn('git', script);
    const { signal } = new AbortController();
    const machine = machineOf({ ...standInsFirst(), ...soon });
    const report = await examine({ machine, clock: systemClock, signal });
    const states = Object.fromEntries(report.checks.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({
      ...{ git, repository: 'problem', worktrees: 'unknown', log: 'unknown' },
      ...{ disk: 'ok', permissions: 'ok', port: 'ok', config: 'ok', clock: 'ok', shell: 'ok' },
    });
  });

  it('that is nowhere is a problem', async () => {
    expect(await look('git', onlyStandIns())).toMatchObject({ state: 'problem' });
  });
});

describe('the repository', () => {
  it('is what git says, and a folder without one is a problem in a report that has all else', async () => {
    expect(await look('repository')).toMatchObject({ state: 'ok' });
    const machine = machineOf({ folder: home });
    const { signal } = new AbortController();
    const report = await examine({ machine, clock: systemClock, signal });
    const states = Object.fromEntries(report.checks.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({
      ...{ repository: 'problem', worktrees: 'unknown', log: 'unknown', leftovers: 'unknown' },
      ...{ node: 'ok', git: 'ok', disk: 'ok', port: 'ok', permissions: 'ok' },
    });
  });

  it('has worktrees that are locked, and some whose folder is gone', async () => {
    const path = join(home, 'tree');
    await repository.git(['worktree', 'add', '--lock', '-b', 'agent/x', path]);
    expect(await look('worktrees')).toMatchObject({
      state: 'ok',
      found: expect.stringContaining('1 locked'),
    });
    await rm(path, { recursive: true });
    expect(await look('worktrees')).toMatchObject({
      state: 'warning',
      found: expect.stringContaining('1 missing'),
    });
    await repository.git(['worktree', 'remove', '--force', '--force', path]);
  });

  it('has a log that another Musher may have written, and what is no log', async () => {
    const folder = join(repository.commonDir, 'musher');
    expect(await look('log')).toMatchObject({ state: 'ok' });
    await mkdir(folder, { mode: 0o700 });
    const file = join(folder, 'log.sqlite');
    const header = Buffer.alloc(100);
    header.write('SQLite format 3\0');
    header.writeUInt32BE(99, 60);
    await writeFile(file, header, { mode: 0o600 });
    expect(await look('log')).toMatchObject({
      state: 'problem',
      found: expect.stringContaining('newer Musher (format 99'),
    });
    await writeFile(file, 'no log');
    expect(await look('log')).toMatchObject({
      state: 'problem',
      found: expect.stringContaining('is no log'),
    });
  });

  it('has a config file whose faults are told with their lines', async () => {
    expect(await look('config')).toMatchObject({ state: 'ok' });
    await mkdir(join(repository.root, '.musher'));
    const file = join(repository.root, '.musher', 'config.toml');
    await writeFile(file, '[worktrees]\npoool = 2\n');
    await writeFile(join(home, 'data', 'config.toml'), 'a = = 2\n');
    const { state, details } = await look('config');
    expect(state).toBe('problem');
    expect(details).toEqual([
      expect.stringMatching(/data\/config\.toml, line 1: /),
      expect.stringMatching(
        /\.musher\/config\.toml, line 2: worktrees\.poool: .*did you mean "pool"/,
      ),
    ]);
  });

  it('has leftovers of a day ago', async () => {
    const old = join(home, 'musher-demo-abc');
    await mkdir(old);
    const copy = join(home, 'data/runtime/1.0.0-ab');
    await mkdir(copy, { recursive: true });
    await writeFile(join(copy, 'files.json'), '{ "files": [{ "sizeBytes": 3000000 }] }');
    expect(await look('leftovers')).toMatchObject({
      state: 'ok',
      found: expect.stringContaining('1 copy of the terminal host’s program, 3 MB'),
    });
    await utimes(old, 0, 0);
    expect(await look('leftovers')).toMatchObject({
      state: 'warning',
      details: [`temporary: ${old}`],
    });
    expect(await readdir(home)).toContain('musher-demo-abc');
  });
});

describe('CLIs', () => {
  const path = () => join(home, 'bin', 'codex');
  it.each([
    ['echo codex-cli 0.9.1', 'ok', /codex, codex-cli 0\.9\.1/],
    ['exit 127', 'problem', /does not run/],
    ['/bin/sleep 300', 'warning', /did not say its version/],
  ])('that does %s is a %s', async (script, state, found) => {
    await standIn('codex', script);
    const patient = script.includes('sleep') ? soon : {};
    const judged = await look('cli', { ...onlyStandIns(), ...patient });
    expect(judged).toMatchObject({ state, found: expect.stringMatching(found) });
    expect(judged.found).toContain(path());
  });

  it('of which none is there are a warning; one that a config file names is a problem', async () => {
    expect(await look('cli', onlyStandIns())).toMatchObject({ state: 'warning' });
    await writeFile(
      join(home, 'data', 'config.toml'),
      '[profiles.mine]\nprogram = "/no/such/cli"\n',
    );
    expect(await look('cli', onlyStandIns())).toMatchObject({
      state: 'problem',
      found: expect.stringMatching(/^\/no\/such\/cli is not usable/),
    });
  });

  it('that a repository names are neither started nor looked for', async () => {
    await standIn('theirs', 'touch "$0.ran"');
    await mkdir(join(repository.root, '.musher'));
    const text = '[profiles.team]\nprogram = "theirs"\n';
    await writeFile(join(repository.root, '.musher', 'config.toml'), text);
    expect(await look('cli', onlyStandIns())).toMatchObject({ state: 'unknown' });
    expect(await readdir(join(home, 'bin'))).toEqual(['theirs']);
  });
});

describe('the shell', () => {
  it.each([
    ['exit 4', 'warning', /failed while it read/],
    ['/bin/sleep 300', 'warning', /was not ready/],
  ])('that does %s is a %s', async (script, state, found) => {
    await standIn('mysh', script);
    const patient = script.includes('sleep') ? soon : {};
    const made = { env: { SHELL: join(home, 'bin', 'mysh') }, ...patient };
    expect(await look('shell', made)).toMatchObject({ state, found: expect.stringMatching(found) });
  });

  it('that is not there is a problem', async () => {
    expect(await look('shell', { env: { SHELL: '/no/such/shell' } })).toMatchObject({
      state: 'problem',
    });
  });

  it('may find a CLI that Musher does not, by what its own files add', async () => {
    await standIn('codex', 'echo 1.0');
    const quiet = { env: { PATH: '/usr/bin:/bin' } };
    await writeFile(join(home, '.profile'), 'echo welcome\nPATH=/usr/bin:/bin\n');
    expect(await look('shell', quiet)).toMatchObject({ state: 'ok' });
    await writeFile(join(home, '.profile'), `echo welcome\nPATH=${home}/bin:/usr/bin:/bin\n`);
    expect(await look('shell', quiet)).toMatchObject({
      state: 'warning',
      found: expect.stringContaining('codex'),
      details: expect.arrayContaining([`codex is at ${home}/bin/codex`]),
    });
  });
});

describe('the machine', () => {
  async function listen(answer: string): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (answer !== '') socket.once('data', () => socket.end(answer));
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
  const page = (text: string) =>
    `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`;

  it('has a port that is free, a stranger’s by name, nobody’s that answers, or a Musher’s', async () => {
    expect(await look('port')).toMatchObject({ state: 'ok', found: '1 is free' });
    const me = `(pid ${process.pid})`;
    expect(await look('port', { port: await listen(page('hello')) })).toMatchObject({
      state: 'problem',
      ...(process.platform === 'linux' && { found: expect.stringContaining(me) }),
    });
    const status = (root: string) =>
      page(JSON.stringify({ musher: true, projects: [{ repository: root }] }));
    expect(await look('port', { port: await listen(status(repository.root)) })).toMatchObject({
      found: expect.stringContaining('with this repository open'),
    });
    expect(await look('port', { port: await listen(status('/else')) })).toMatchObject({
      ...{ state: 'ok', found: expect.stringContaining('with /else open') },
    });
    expect(await look('port', { port: await listen('') })).toMatchObject({
      ...{ state: 'problem', found: expect.stringContaining('does not answer') },
    });
  });

  it('has room for worktrees, or too little', async ({ skip }) => {
    expect(await look('disk')).toMatchObject({ state: 'ok' });
    const data = join(home, 'data');
    if (!(await mountSmall(data, 1_000))) return skip('no disk can be mounted here');
    expect(await look('disk')).toMatchObject({ state: 'warning' });
    unmountAll();
    await mountSmall(data, 16);
    expect(await look('disk')).toMatchObject({
      ...{ state: 'problem', found: '16.8 MB left for Musher’s data' },
    });
  });

  it('has a data folder that cannot be written', async ({ skip }) => {
    const data = join(home, 'data');
    if (!(await mountSmall(data, 1))) return skip('no disk can be mounted here');
    execFileSync('mount', ['-o', 'remount,ro', data]);
    expect(await look('permissions')).toMatchObject({
      ...{ state: 'problem', found: expect.stringMatching(/cannot be written: EROFS/) },
    });
  });

  it.skipIf(process.platform === 'win32')('has secrets that others can read', async () => {
    expect(await look('permissions')).toMatchObject({ state: 'ok' });
    const file = join(home, 'data', 'app.json');
    await writeFile(file, '{}', { mode: 0o644 });
    expect(await look('permissions')).toMatchObject({
      ...{ state: 'problem', remedy: `Close it: \`chmod 600 ${file}\`.` },
    });
    await chmod(file, 0o600);
    await chmod(join(home, 'data'), 0o755);
    expect(await look('permissions')).toMatchObject({
      ...{ state: 'problem', found: expect.stringContaining('(mode 755)') },
    });
  });

  it('has a clock that was set back', async () => {
    await standIn('timedatectl', 'echo no');
    expect((await look('clock', standInsFirst())).state).toBe('ok');
    const file = join(home, 'data', 'app.json');
    await writeFile(file, '{}');
    const ahead = Date.now() / 1000 + 3600;
    await utimes(file, ahead, ahead);
    expect(await look('clock')).toMatchObject({
      ...{ state: 'warning', found: expect.stringContaining(file) },
    });
  });

  it.runIf(process.platform === 'linux')('has a limit of watched folders', async () => {
    expect((await look('watches')).found).toMatch(/of \d+ folders are watched/);
  });

  it.runIf(process.platform === 'linux')('has a notification service, or none', async () => {
    const first = standInsFirst().env;
    const env = { ...first, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', DISPLAY: '' };
    await standIn('dbus-send', 'echo org.freedesktop.Notifications');
    expect(await look('notifications', { env })).toMatchObject({ state: 'ok' });
    await standIn('dbus-send', 'echo org.freedesktop.Other');
    expect(await look('notifications', { env })).toMatchObject({ state: 'warning' });
    for (const name of ['dbus-send', 'gdbus', 'busctl']) await standIn(name, 'exit 1');
    expect(await look('notifications', { env })).toMatchObject({ state: 'unknown' });
    const none = { DBUS_SESSION_BUS_ADDRESS: '', DISPLAY: '', WAYLAND_DISPLAY: '' };
    expect(await look('notifications', { env: none })).toMatchObject({ state: 'ok' });
  });

  it.skipIf(process.platform === 'win32')('has a socket of the terminal host', async () => {
    expect(await look('terminal-host')).toMatchObject({ state: 'ok' });
    const folder = join(home, 'data', 'terminal-host');
    await mkdir(folder, { mode: 0o700 });
    const socket = join(folder, 'socket');
    const server = createServer();
    server.listen(join(folder, 'first'));
    await once(server, 'listening');
    // Its server takes away the name that it listened on, and not this one.
    await rename(join(folder, 'first'), socket);
    expect(await look('terminal-host')).toMatchObject({
      ...{ state: 'problem', found: expect.stringContaining('key') },
    });
    server.close();
    await once(server, 'close');
    expect(await look('terminal-host')).toMatchObject({
      ...{ state: 'warning', found: `nobody listens at ${socket}` },
    });
    await rm(socket);
    await writeFile(socket, '');
    expect(await look('terminal-host')).toMatchObject({
      ...{ state: 'problem', found: expect.stringContaining('it is no socket') },
    });
  });
});

// What may stand at the terminal host's address, and what a hub makes of it.

import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dial, linkTo } from '../../main/adapters/terminals/link-host.ts';
import { remoteTerminals, shutDownHost } from '../../main/adapters/terminals/remote-terminals.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { welcome } from '../../main/terminal-host/process/handshake.ts';
import { type HostPlace, hostPlace } from '../../main/terminal-host/process/place.ts';
import { Wire } from '../../main/terminal-host/process/wire.ts';
import { commandSpec, fastClock, isAlive } from '../harness/terminals.ts';
import { hostStateAt, markedBy } from '../harness/host-world.ts';
import { rounds } from '../harness/rounds.ts';
import { waitFor } from '../harness/wait.ts';

const program = fileURLToPath(new URL('../../dist/main/terminal-host-process.js', import.meta.url));

let folder: string;
let place: HostPlace;
const clients: Terminals[] = [];
let stranger: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'musher-host-'));
  place = hostPlace(folder, process.platform);
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await shutDownHost(options()).catch(() => false);
  // Not before: with its end it takes the address away, also when a host has that by then.
  stranger?.close();
  stranger = undefined;
  await rm(folder, { recursive: true, force: true });
});

function options(args: readonly string[] = []) {
  const command = [process.execPath, program, '--data', folder, ...args] as const;
  return { place, command, clock: systemClock };
}

function client(args?: readonly string[], clock = systemClock): Terminals {
  const made = remoteTerminals({ ...options(args), clock, log: silentLogger });
  clients.push(made);
  return made;
}

async function occupy(onSocket: Parameters<typeof createServer>[1]): Promise<void> {
  await mkdir(dirname(place.address), { recursive: true });
  stranger = createServer(onSocket);
  await new Promise<void>((resolve) => stranger?.listen(place.address, resolve));
}

const shell = commandSpec('p/a.1', '/bin/sh', '-c', 'read line');

it('nobody else can reach it: socket, key and folder are this user’s alone', async () => {
  await client().open(shell);
  const modes = [place.folder, place.address, place.keyFile, place.stateFile].map(
    async (file) => (await stat(file)).mode & 0o777,
  );
  expect(await Promise.all(modes)).toEqual([0o700, 0o600, 0o600, 0o600]);
});

it('two hubs that begin at once share one host', async () => {
  const [one, other] = [client(), client()];
  await Promise.all([one.list(), other.list()]);
  await one.open(shell);
  expect((await other.list()).map(({ id }) => id)).toEqual(['p/a.1']);
});

it('a socket that nobody listens at any more is replaced', async () => {
  const before = client();
  await before.list();
  const { pid, hostId } = await hostStateAt(place);
  process.kill(pid, 'SIGKILL');
  await waitFor('it to be gone', async () => !(await isAlive(pid)));
  await client().open(shell);
  expect((await hostStateAt(place)).hostId).not.toBe(hostId);
});

it('one that hangs up at once is nobody: a host takes its place', async () => {
  await occupy((socket) => socket.destroy());
  expect(await client().open(shell)).toMatchObject({ id: 'p/a.1' });
});

it.each([
  ['speaks another language', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ['says a length without end', Buffer.from([0xff, 0xff, 0xff, 0x7f])],
  [
    'claims to be the host and knows no key',
    framed({
      musher: 'terminal-host',
      protocol: 1,
      version: '1',
      hostId: 'x',
      pid: 1,
      nonce: 'n',
      proof: '00',
    }),
  ],
])('one that %s gets no environment and is named', async (_what, answer) => {
  let heard = '';
  await occupy((socket) => {
    socket.on('data', (chunk) => {
      heard += String(chunk);
    });
    socket.on('error', () => undefined);
    socket.write(answer);
  });
  const opened = client().open({ ...shell, env: { ...shell.env, SECRET: 'do-not-tell' } });
  await expect(opened).rejects.toMatchObject({ wire: { code: 'TERMINAL_HOST_FOREIGN' } });
  expect(heard).not.toContain('do-not-tell');
});

it('one that says nothing is given up on, by name', async () => {
  await occupy(() => undefined);
  const asked = client([], fastClock(50)).open(shell);
  await expect(asked).rejects.toMatchObject({ wire: { code: 'TERMINAL_HOST_SILENT' } });
});

it('a file that is no socket is left alone, and said', async () => {
  await mkdir(dirname(place.address), { recursive: true });
  await writeFile(place.address, 'mine');
  const asked = client().open(shell);
  await expect(asked).rejects.toMatchObject({ wire: { code: 'TERMINAL_HOST_FAILED' } });
  expect(await readFile(place.address, 'utf8')).toBe('mine');
});

it('a stranger that does not know the key is let go, and the host goes on', async () => {
  const own = client();
  await own.open(shell);
  const closed = new Promise((resolve) => {
    const socket = connect(place.address, () =>
      socket.write(framed({ musher: 'terminal-host', protocol: 1, nonce: 'n' })),
    );
    socket.on('data', () => socket.write(framed({ proof: '00' })));
    socket.once('close', resolve);
  });
  await closed;
  expect((await own.list()).length).toBe(1);
});

it('without a terminal and a hub it ends by itself; with a terminal it stays', async () => {
  const args = ['--idle-ms', '700'];
  const idle = client(args);
  await idle.open(shell);
  const { pid } = await hostStateAt(place);
  await idle.dispose();
  const again = client(args);
  expect((await again.list()).length).toBe(1);
  await again.end('p/a.1', 1000);
  expect(await isAlive(pid)).toBe(true);
  await again.dispose();
  await waitFor('the host to end', async () => !(await isAlive(pid)));
});

it('whose data folder is gone, nobody can reach: it ends its terminals and itself', async () => {
  const own = client(['--check-ms', '20']);
  await own.open(shell);
  const { pid, hostId } = await hostStateAt(place);
  await own.dispose();
  // The host may write into it at that moment.
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  await waitFor('the host to end', async () => !(await isAlive(pid)));
  expect(await markedBy(hostId)).toEqual([]);
});

it('whose socket was cleaned away, listens anew', async () => {
  const own = client(['--check-ms', '20']);
  await own.open(shell);
  await rm(place.address);
  const found = await waitFor('it to be reached', async () => {
    const link = await linkTo(options());
    link?.wire.destroy();
    return link?.info;
  });
  expect(found.pid).toBe((await hostStateAt(place)).pid);
});

function versioned(version: string): Terminals {
  const made = remoteTerminals({
    ...options(['--version', version]),
    version,
    log: silentLogger,
  });
  clients.push(made);
  return made;
}

it('a host of an older version that cannot give its terminals over keeps them to their end, and is used', async () => {
  const own = client();
  await own.list();
  const key = await readFile(place.keyFile, 'utf8');
  await own.dispose();
  await shutDownHost(options());
  const asked: string[] = [];
  await occupy((socket) => {
    const wire = new Wire(socket);
    const info = { protocol: 1, version: '1.9.3', hostId: 'x', pid: process.pid };
    void welcome(wire, { key, clock: systemClock, info });
    wire.listen(({ head }) => {
      const { id, call } = head as { id?: number; call?: string };
      if (call === undefined) return;
      asked.push(call);
      const values: Record<string, unknown> = { list: [{ id: 'p/a.1', pid: 1 }], retire: false };
      wire.send({ id, value: values[call] ?? [] });
      if (call === 'shutDown') wire.end();
    });
  });
  expect((await versioned('1.10.0').list()).map(({ id }) => id)).toEqual(['p/a.1']);
  expect(asked).toEqual(['list', 'retire', 'ended', 'list']);
});

it('a host of an older version without terminals gives way', async () => {
  const older = versioned('1.9.3');
  await older.list();
  const { pid, hostId } = await hostStateAt(place);
  expect(await versioned('1.10.0').list()).toEqual([]);
  const state = await hostStateAt(place);
  expect(state.pid).not.toBe(pid);
  expect(state.hostId).not.toBe(hostId);
});

it('a newer one is used as it is: two versions side by side never take it from each other', async () => {
  const newer = versioned('1.10.0');
  await newer.list();
  const { pid } = await hostStateAt(place);
  const older = versioned('1.9.3');
  await older.open(shell);
  expect((await newer.list()).map(({ id }) => id)).toEqual(['p/a.1']);
  expect((await hostStateAt(place)).pid).toBe(pid);
});

it('a host that speaks another language is named, and left alone', async () => {
  const own = client();
  await own.list();
  const key = await readFile(place.keyFile, 'utf8');
  await own.dispose();
  await shutDownHost(options());
  await occupy((socket) => {
    const wire = new Wire(socket);
    const info = { protocol: 99, version: '9.9.9', hostId: 'x', pid: process.pid };
    void welcome(wire, { key, clock: systemClock, info });
  });
  await expect(client().list()).rejects.toMatchObject({
    wire: { code: 'TERMINAL_HOST_OTHER', details: { version: '9.9.9' } },
  });
});

it('one that goes while it is being called is nobody', async () => {
  await occupy(() => undefined);
  // The kernel has connected the two by now; who listened never learns of it.
  const called = dial(place.address);
  stranger?.close();
  expect(await called).toBeUndefined();
});

it('a host that is ending is nobody to those who come at that moment: the next one serves them', async () => {
  for (let round = 0; round < rounds(2, 300); round++) {
    const [before, after] = [client(), client()];
    await before.list();
    const ending = Array.from({ length: 4 }, () => shutDownHost(options()));
    const [all] = await Promise.all([after.list(), ...ending]);
    expect(all).toEqual([]);
    await Promise.all([before.dispose(), after.dispose()]);
  }
});

it('what a killed host left running is ended by the next, also what left its group and its parent', async () => {
  const own = client();
  const daemon = `setsid sh -c 'trap "" HUP TERM; while :; do sleep 0.05; done' & disown; read line`;
  await own.open(commandSpec('p/a.1', '/bin/bash', '-c', daemon));
  const { pid, hostId } = await hostStateAt(place);
  // The shell, the daemon, and what the daemon waits by: it has become what it is, and no signal but the last ends it.
  await waitFor('the daemon', async () => (await markedBy(hostId)).length >= 3);
  process.kill(pid, 'SIGKILL');
  await waitFor('nothing of it to be left', async () => {
    const left = await markedBy(hostId);
    return left.length === 0 || `left: ${left.join(' ')}`;
  });
});

function framed(head: object): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  const start = Buffer.alloc(8);
  start.writeUInt32LE(4 + text.length, 0);
  start.writeUInt32LE(text.length, 4);
  return Buffer.concat([start, text]);
}

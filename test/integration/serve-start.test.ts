// What `musher serve` says when it cannot start, and when somebody is there already.

import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestRepository } from '../harness/repositories.ts';
import { makeRepository } from '../harness/repositories.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { runMusher, startServe } from '../harness/serve.ts';

interface WireError {
  readonly code: string;
  readonly message: string;
  readonly mend: string;
}

let world: ServeWorld;
let folder: string;
const others: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await makeServeWorld();
  folder = await mkdtemp(join(tmpdir(), 'musher-start-'));
});
afterEach(async () => {
  for (const end of others.splice(0)) await end();
});
afterAll(async () => {
  await world.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** Runs `musher serve` that is expected to end by itself. */
async function serveOnce(repo: string, port = 0) {
  const { env } = world.repository;
  const args = ['serve', '--repo', repo, '--port', String(port), '--json'];
  const { code, stdout, stderr } = await runMusher(args, { env });
  const first = JSON.parse(stdout.split('\n')[0] || '{}') as { error?: WireError; url?: string };
  return { code, stderr, url: first.url, error: first.error };
}

async function emptyFolder(name: string): Promise<string> {
  const made = join(folder, name);
  await mkdir(made);
  return made;
}

async function other(...given: Parameters<typeof makeRepository>): Promise<TestRepository> {
  const made = await makeRepository(...given);
  others.push(() => made.dispose());
  return made;
}

describe('a repository that cannot be opened is told by name, with what to do', () => {
  it.each<[string, string, () => Promise<string>]>([
    ['no such folder', 'REPOSITORY_MISSING', async () => join(folder, 'nowhere')],
    ['not in a repository', 'REPOSITORY_INVALID', () => emptyFolder('plain')],
    ['without a commit', 'REPOSITORY_EMPTY', async () => (await other(null)).root],
    ['bare', 'REPOSITORY_BARE', async () => (await other(null, { args: ['--bare'] })).root],
  ])('%s', async (_title, code, make) => {
    const repo = await make();
    const said = await serveOnce(repo);
    expect({ exit: said.code, code: said.error?.code }).toEqual({ exit: 1, code });
    expect(said.error?.message).toContain(repo);
    expect(said.error?.mend).not.toBe('');
    expect(said.stderr).toBe('');
  });
});

describe('a port that is taken', () => {
  const strangers: [string, string, () => Server][] = [
    ['by another web server', 'PORT_TAKEN', () => createHttpServer((_, out) => out.end('hello'))],
    ['by a server of JSON', 'PORT_TAKEN', () => createHttpServer((_, out) => out.end('{"ok":1}'))],
    [
      'by something that is no web server',
      'PORT_TAKEN',
      () => createServer((socket) => socket.end('220 mail ready\r\n')),
    ],
    ['by something that hangs up', 'PORT_TAKEN', () => createServer((socket) => socket.destroy())],
    [
      'by something that is silent',
      'PORT_SILENT',
      () => createServer((socket) => socket.on('error', () => undefined)),
    ],
    [
      'by something that never stops talking',
      'PORT_TAKEN',
      () => createHttpServer((_, out) => babble(out)),
    ],
  ];
  it.each(strangers)('%s', async (_title, code, make) => {
    const server = make().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sockets = new Set<{ destroy(): void }>();
    server.on('connection', (socket) => sockets.add(socket));
    others.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    const { port } = server.address() as AddressInfo;
    const said = await serveOnce(world.repository.root, port);
    expect({ exit: said.code, code: said.error?.code }).toEqual({ exit: 1, code });
    expect(said.error?.message).toContain(String(port));
  });
});

function babble(out: { write(text: string): boolean; once(event: 'drain', fn: () => void): void }) {
  while (out.write('x'.repeat(65_536)));
  out.once('drain', () => babble(out));
}

describe('beside a Musher that runs', () => {
  it('the same repository at the same port is handed over: its URL, and exit 0', async () => {
    const first = await world.serve();
    const port = Number(new URL(first.url).port);
    const said = await serveOnce(world.repository.root, port);
    expect(said).toMatchObject({ code: 0, url: first.url });
    await first.stop();
  });

  it('another repository at the same port is refused, and the first is left alone', async () => {
    const first = await world.serve();
    const { root } = await other();
    const said = await serveOnce(root, Number(new URL(first.url).port));
    expect(said).toMatchObject({ code: 1, error: { code: 'PORT_HAS_OTHER_REPOSITORY' } });
    expect(said.error?.message).toContain(world.repository.root);
    expect((await first.as().send('/status')).status).toBe(200);
    await first.stop();
  });

  it('the same repository at another port is busy, and says which process has it', async () => {
    const first = await world.serve();
    const said = await serveOnce(world.repository.root);
    expect(said).toMatchObject({ code: 1, error: { code: 'REPOSITORY_BUSY' } });
    expect(said.error?.message).toContain(`pid ${first.pid}`);
    await first.stop();
  });

  it('two that start at once: one serves, the other says so', async () => {
    const { env, root } = world.repository;
    const both = await Promise.allSettled([startServe(root, { env }), startServe(root, { env })]);
    const serving = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    await Promise.all(serving.map((one) => one.stop()));
    expect(serving).toHaveLength(1);
    expect(refused.join()).toContain('REPOSITORY_BUSY');
  });
});

it.each([
  [['serve', '--port', '70000'], 'USAGE'],
  [['serve', '--port', 'http'], 'USAGE'],
  [['serve', '--nonsense'], 'USAGE'],
  [['agent', 'add'], 'USAGE'],
  [['status', '--url', 'ftp://nowhere'], 'USAGE'],
  [['status', '--url', 'http://127.0.0.1:1'], 'HUB_UNREACHABLE'],
])('musher %j is refused in words and without a stack', async (args, code) => {
  const { env } = world.repository;
  const { stdout, stderr, code: exit } = await runMusher([...args, '--json'], { env });
  expect(JSON.parse(stdout)).toMatchObject({ error: { code } });
  expect(exit).toBe(code === 'USAGE' ? 2 : 3);
  expect(stdout + stderr).not.toMatch(/^\s+at /m);
});

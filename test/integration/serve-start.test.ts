// What `musher serve` says when it cannot start, and when somebody is there already.

import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../main/base/logger.ts';
import type { MusherError } from '../../main/base/result.ts';
import { resolveRoot } from '../../main/compose/offline.ts';
import { findRunning } from '../../main/running.ts';
import type { TestRepository } from '../harness/repositories.ts';
import { makeRepository } from '../harness/repositories.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld, scriptedAgent } from '../harness/serve-world.ts';
import type { MusherClient } from '../harness/musher-client.ts';
import type { Serving } from '../harness/serve.ts';
import { runMusher, runMusherOften, startServe } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

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
  return { code, stderr, ...(JSON.parse(stdout.split('\n')[0] || '{}') as Said) };
}

interface Said {
  readonly error?: WireError;
  readonly url?: string;
  readonly page?: string;
  readonly handedOver?: boolean;
}

const portOf = ({ url }: Serving): number => Number(new URL(url).port);

interface Opened extends Said {
  readonly repository: string;
  readonly operatorToken: string;
  readonly project?: string;
}

/** What a Musher printed of so many repositories that it has opened, with the names that it gave them. */
async function openedIn(serving: Serving, count: number): Promise<Opened[]> {
  const lines = await waitFor('it to say what it has opened', () => {
    const found = serving
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{"url"'));
    return found.length >= count ? found : serving.output();
  });
  const { body } = await serving.as().send('/status');
  const { projects } = body as { projects: { id: string; repository: string }[] };
  return lines.map((line) => {
    const said = JSON.parse(line) as Opened;
    const project = projects.find(({ repository }) => repository === said.repository)?.id;
    return { ...said, ...(project !== undefined && { project }) };
  });
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
  const unfit: [string, string, () => Promise<string>][] = [
    ['no such folder', 'REPOSITORY_MISSING', async () => join(folder, 'nowhere')],
    ['not in a repository', 'REPOSITORY_INVALID', () => emptyFolder('plain')],
    ['without a commit', 'REPOSITORY_EMPTY', async () => (await other(null)).root],
    ['bare', 'REPOSITORY_BARE', async () => (await other(null, { args: ['--bare'] })).root],
  ];

  it.each(unfit)('%s', async (_title, code, make) => {
    const repo = await make();
    const refused = await resolveRoot(repo).catch((error: unknown) => error);
    expect(refused).toMatchObject({ wire: { code, message: expect.stringContaining(repo) } });
    expect((refused as MusherError).wire.mend).not.toBe('');
  });

  it.each(unfit.slice(2))('%s, as the command says it', async (_title, code, make) => {
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
  async function portTakenBy(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sockets = new Set<{ destroy(): void }>();
    server.on('connection', (socket) => sockets.add(socket));
    others.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  }

  it.each(strangers)('%s', async (_title, code, make) => {
    const port = await portTakenBy(make());
    const wanted = { repo: world.repository.root, port, demo: false, log: silentLogger };
    const refused = await findRunning(wanted).catch((error: unknown) => error);
    expect(refused).toMatchObject({ wire: { code, message: expect.stringContaining(`${port}`) } });
  });

  it.each([strangers[0], strangers[4]].filter((one) => one !== undefined))(
    '%s, as the command says it',
    async (_title, code, make) => {
      const port = await portTakenBy(make());
      const said = await serveOnce(world.repository.root, port);
      expect({ exit: said.code, code: said.error?.code }).toEqual({ exit: 1, code });
      expect(said.error?.message).toContain(String(port));
    },
  );
});

function babble(out: { write(text: string): boolean; once(event: 'drain', fn: () => void): void }) {
  while (out.write('x'.repeat(65_536)));
  out.once('drain', () => babble(out));
}

describe('beside a Musher that runs', () => {
  let first: Serving;
  beforeAll(async () => {
    first = await world.serve();
  });
  afterAll(async () => {
    expect((await first.stop()).code).toBe(0);
  });

  it('the same repository at the same port is handed over: its URL, and exit 0', async () => {
    const port = Number(new URL(first.url).port);
    const said = await serveOnce(world.repository.root, port);
    expect(said).toMatchObject({ code: 0, url: first.url });
  });

  it('a repository that cannot be opened there is told as its own error', async () => {
    const said = await serveOnce((await other(null)).root, portOf(first));
    expect(said).toMatchObject({ code: 1, error: { code: 'REPOSITORY_EMPTY' } });
    expect((await first.as().send('/status')).status).toBe(200);
  });

  it('who does not have the key of this user opens nothing', async () => {
    const { root, env } = await other();
    const home = { ...env, XDG_DATA_HOME: join(root, '..', 'nobody') };
    const args = ['serve', '--repo', root, '--port', String(portOf(first)), '--json'];
    const said = await runMusher(args, { env: home });
    expect([said.code, JSON.parse(said.stdout)]).toMatchObject([
      1,
      { error: { code: 'PORT_HAS_OTHER_REPOSITORY' } },
    ]);
    for (const client of [first.as(), first.operator, first.as('x')]) {
      const answer = await client.send('/open', { body: { repository: root } });
      expect(answer.status).toBe(401);
    }
    expect(await openedIn(first, 1)).toHaveLength(1);
  });

  it('the same repository at another port is busy, and says which process has it', async () => {
    const said = await serveOnce(world.repository.root);
    expect(said).toMatchObject({ code: 1, error: { code: 'REPOSITORY_BUSY' } });
    expect(said.error?.message).toContain(`pid ${first.pid}`);
  });

  it('another repository is handed to it: opened there, its address printed, and nothing else shared', async () => {
    const { root } = await other();
    const said = await serveOnce(root, portOf(first));
    expect(said).toMatchObject({ code: 0, url: first.url, handedOver: true });
    const [, second] = await openedIn(first, 2);
    expect(second).toMatchObject({ url: first.url, repository: root });
    expect(said.page).toBe(`${first.url}/?project=${second?.project}`);
    // It is told what it needs to know, and given no power over what runs.
    expect(Object.keys(said).filter((name) => /token|login/i.test(name))).toEqual([]);
    const again = await serveOnce(root, portOf(first));
    expect(again).toMatchObject({ code: 0, url: first.url, handedOver: false });
    await expectApart(first.operator, first.as(second?.operatorToken));
  });
});

/** The two share a door, and nothing else. */
async function expectApart(here: MusherClient, there: MusherClient): Promise<void> {
  const agent = { name: 'one', profile: 'script', command: scriptedAgent('forever.mjs') };
  for (const operator of [here, there]) await operator.command('agent.add', agent);
  await here.command('message.send', { to: 'one', body: 'for the first' });
  await there.command('message.send', { to: 'one', body: 'for the second' });
  const bodies = async (client: MusherClient) => {
    const { messages } = await client.query<{ messages: { body: string }[] }>('message.list');
    const inbox = await client.query<{ items: { text: string }[] }>('inbox.read', {
      ...{ agent: 'one', after: 0 },
    });
    return [messages.map(({ body }) => body), inbox.items.map(({ text }) => text)];
  };
  expect(await bodies(here)).toEqual([['for the first'], ['for the first']]);
  expect(await bodies(there)).toEqual([['for the second'], ['for the second']]);
  for (const path of ['/messages/one', '/log'])
    expect((await there.send(path)).text).not.toContain('for the first');
}

it('two that start at once: one serves, the other says so', async () => {
  const { env, root } = world.repository;
  const both = await Promise.allSettled([startServe(root, { env }), startServe(root, { env })]);
  const serving = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refused = both.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  await Promise.all(serving.map((one) => one.stop()));
  expect(serving).toHaveLength(1);
  expect(refused.join()).toContain('REPOSITORY_BUSY');
});

describe('what cannot be meant is refused in words and without a stack', () => {
  const refused: [string[], string][] = [
    [['serve', '--port', '70000'], 'USAGE'],
    [['serve', '--port', 'http'], 'USAGE'],
    [['serve', '--nonsense'], 'USAGE'],
    [['agent', 'add'], 'USAGE'],
    [['status', '--url', 'ftp://nowhere'], 'USAGE'],
    [['status', '--url', 'http://127.0.0.1:1'], 'HUB_UNREACHABLE'],
  ];

  it('by the command', async () => {
    const { env } = world.repository;
    const lists = refused.map(([words]) => [...words, '--json']);
    for (const [at, said] of (await runMusherOften(lists, { env })).entries())
      expectRefused(said, refused[at]?.[1]);
  });

  it.each(refused.slice(-2))('by its process: %j', async (words, code) => {
    const { env } = world.repository;
    expectRefused(await runMusher([...words, '--json'], { env }), code);
  });
});

function expectRefused(
  { code, stdout, stderr }: { code: number | null; stdout: string; stderr: string },
  expected: string | undefined,
): void {
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: expected } });
  expect(code).toBe(expected === 'USAGE' ? 2 : 3);
  expect(stdout + stderr).not.toMatch(/^\s+at /m);
}

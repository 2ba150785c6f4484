// A Musher that was started where there is no repository: who may ask its page's door, what that sees, and what it makes.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Bridge } from '../../renderer/hub/bridge.ts';
import { createBridgeClient } from '../../renderer/hub/bridge-client.ts';
import {
  bridgeUrlOf,
  createWebSocketChannel,
  welcomeUrlOf,
} from '../../renderer/hub/websocket-channel.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { runMusher, type Serving, startServe, startWelcome } from '../harness/serve.ts';

let repository: TestRepository;
let home: string;
let serving: Serving;
let page: Bridge;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  repository = await makeRepository();
  home = await realpath(await mkdtemp(join(tmpdir(), 'musher-home-')));
  for (const folder of ['code/notes', 'code/nothing', '.hidden', 'other'])
    await mkdir(join(home, folder), { recursive: true });
  await writeFile(join(home, 'code/notes/mine.txt'), 'mine');
  await symlink('/', join(home, 'code/away'));
  env = { ...repository.env, HOME: home };
  serving = await startWelcome(join(home, 'code'), { env });
  page = open(await signIn(serving));
});
afterAll(async () => {
  page?.close();
  await serving?.stop();
  await repository.dispose();
  await rm(home, { recursive: true, force: true });
});

async function signIn(at: Serving): Promise<string> {
  const { pathname, search } = new URL(at.loginUrl);
  const { headers } = await at.as().send(pathname + search);
  expect(headers.location).toBe('/');
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

function open(cookie: string): Bridge {
  const { host } = new URL(serving.url);
  return openAt(welcomeUrlOf({ protocol: 'http:', host }), cookie, serving);
}

function openAt(url: string, cookie: string, at: Serving): Bridge {
  const { origin } = new URL(at.url);
  const openSocket = (to: string) =>
    new WebSocket(to, { headers: { cookie, origin } }) as unknown as globalThis.WebSocket;
  return createBridgeClient(createWebSocketChannel({ url, openSocket }));
}

it('lets in who is signed in, and offers nothing else', async () => {
  const front = await serving.as().send('/');
  expect([front.status, front.headers.location]).toEqual([303, '/welcome.html']);
  const shown = await serving.as().send('/welcome.html');
  expect(shown.headers['content-security-policy']).toContain("script-src 'self'");
  expect((await serving.as().send('/v1/welcome.look')).status).toBe(404);
  const stranger = open('musher=x');
  await expect(stranger.query('welcome.look', {})).rejects.toMatchObject({
    wire: { code: 'UNAUTHENTICATED' },
  });
  stranger.close();
  const added = page.dispatch('agent.add', { name: 'ada', profile: 'shell' });
  await expect(added).rejects.toMatchObject({ wire: { code: 'NOT_FOUND' } });
});

it('offers folders below home alone, and says what each is', async () => {
  const names = async (path: string) =>
    (await page.query('welcome.folders', { path })).folders.map(({ path }) => path);
  expect(await names('~/co')).toEqual([join(home, 'code')]);
  expect(await names('~/code/no')).toEqual([join(home, 'code/notes'), join(home, 'code/nothing')]);
  expect(await names('~/.h')).toEqual([join(home, '.hidden')]);
  for (const outside of ['/', '/etc/', '~/code/away/', '~/../', '~/gone/', '\0'])
    expect(await names(outside)).toEqual([]);
  const kind = async (path: string) => (await page.query('welcome.check', { path })).kind;
  expect(await kind(repository.root)).toBe('repository');
  expect(await kind(join(repository.root, '.git'))).not.toBe('plain');
  expect(await kind('notes')).toBe('plain');
  expect(await kind('~/code/notes/mine.txt')).toBe('file');
  expect(await kind('~/gone')).toBe('missing');
});

it('what another Musher has open leads to that repository’s own page there', async () => {
  const other = await startServe(repository.root, { env });
  try {
    const found = await page.query('welcome.check', { path: repository.root });
    const place = new URL(String(found.url));
    expect([place.origin, place.search]).toEqual([other.url, expect.stringMatching(/project=./)]);
    const theirs = openAt(bridgeUrlOf(place), await signIn(other), other);
    expect((await theirs.query('repository.get', {})).root).toBe(repository.root);
    theirs.close();
  } finally {
    await other.stop();
  }
});

it('makes a folder a repository, leaves what lies in it, opens it, and remembers it', async () => {
  const notes = join(home, 'code/notes');
  const { result: made } = await page.dispatch('welcome.make', { path: '~/code/notes' });
  expect(made).toEqual({ root: notes });
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: notes, env: { ...env }, encoding: 'utf8' });
  expect(git('status', '--porcelain')).toBe('?? mine.txt\n');
  expect(git('ls-tree', 'HEAD')).toBe('');
  await expect(page.dispatch('welcome.make', { path: '~' })).rejects.toMatchObject({
    wire: { code: 'FOLDER_TOO_WIDE' },
  });
  const { result } = await page.dispatch('welcome.open', { path: notes });
  expect(result.root).toBe(notes);
  const front = await serving.as().send('/');
  expect([front.status, String(front.headers['content-type'])]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ]);
  expect(await page.query('welcome.look', {})).toMatchObject({
    recent: [{ path: notes, state: 'open' }],
    demoObstacle: { code: 'DEMO_BESIDE' },
  });
  await expect(page.dispatch('welcome.demo', {})).rejects.toMatchObject({
    wire: { code: 'DEMO_BESIDE' },
  });
});

it('another start leads to the page of the one that runs, and a folder that is named is refused', async () => {
  const { port } = new URL(serving.url);
  const other = await runMusher(['serve', '--port', port], { env, cwd: join(home, 'other') });
  expect([other.code, other.stdout]).toEqual([
    0,
    expect.stringContaining(`${serving.url}/welcome.html`),
  ]);
  const named = await runMusher(['serve', '--repo', '.', '--port', port], {
    ...{ env, cwd: join(home, 'other') },
  });
  expect([named.code === 0, named.stderr]).toEqual([
    false,
    expect.stringContaining('REPOSITORY_INVALID'),
  ]);
});

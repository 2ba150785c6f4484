// The desktop app's main process as it is built, with a real repository, hub and terminal host behind it; only Electron itself is the stand-in.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DeedName } from '../harness/electron/main-module.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { endTerminals } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

const runMain = fileURLToPath(new URL('../fixtures/electron/run-main.mjs', import.meta.url));
const preload = fileURLToPath(new URL('../../dist/preload/index.cjs', import.meta.url));

const welcomeUrl = 'musher://app/welcome.html';

interface Seen {
  readonly windows: ReadonlyArray<{ url: string; isClosed: boolean; bounds: { x: number } }>;
  readonly notices: readonly string[];
  readonly questions: ReadonlyArray<{ message: string; detail: string }>;
}

interface Told {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

class Started {
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown[]>;
  private readonly waiting = new Map<number, (told: Told) => void>();
  private said = '';
  private asked = 0;

  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    const options = { env: { ...env, MUSHER_LOG: 'warn' }, silent: true };
    this.child = fork(runMain, [...args, '--port', '0'], options);
    this.ended = once(this.child, 'exit');
    this.child.on('message', (told: Told) => this.waiting.get(told.id)?.(told));
    this.child.once('exit', () => {
      for (const [id, answer] of this.waiting) answer({ id, error: `it ended: ${this.said}` });
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk) => {
        this.said += String(chunk);
      });
  }

  async do<T>(name: DeedName, data: object = {}): Promise<T> {
    this.asked += 1;
    const id = this.asked;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.waiting.set(id, ({ result, error }) =>
      error ? reject(new Error(error)) : resolve(result),
    );
    this.child.send({ id, name, data }, (error) => error && reject(error));
    return (await promise) as T;
  }

  /** Resolves once what was seen is as wanted. */
  async until(what: string, is: (seen: Seen) => boolean): Promise<Seen> {
    let seen: Seen | undefined;
    await waitFor(
      what,
      async () => {
        seen = await this.do<Seen>('seen');
        return is(seen) || JSON.stringify(seen) + this.said;
      },
      { timeoutMs: 60_000 },
    );
    return seen as Seen;
  }

  async exit(): Promise<unknown> {
    return (await this.ended)[0];
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}

let shop: TestRepository;
let api: TestRepository;
let started: Started;

beforeAll(async () => {
  [shop, api] = await Promise.all([makeRepository(), makeRepository()]);
  for (const one of [shop, api]) await one.commit('first', { 'a.txt': 'a\n' });
});
afterEach(() => started.end());
afterAll(async () => {
  await endTerminals(shop.env);
  await Promise.all([shop.dispose(), api.dispose()]);
});

const start = (...args: string[]) => {
  started = new Started(args, shop.env);
  return started;
};

describe('the desktop app’s main process', () => {
  it('shows a repository, takes another from a second start, and lets agents go on when it quits', async () => {
    const app = start('--repo', shop.root);
    await app.until('a window', ({ windows }) => windows.length === 1);
    expect(await app.do('page', { window: 0, preload })).toMatchObject({
      records: expect.any(Array),
    });
    await app.do('second', { argv: ['--repo', api.root] });
    const { windows } = await app.until('a second window', (seen) => seen.windows.length === 2);
    const [first, second] = windows.map(({ url }) => new URL(url).searchParams.get('project'));
    expect([first === second, first, second]).toEqual([
      false,
      expect.any(String),
      expect.any(String),
    ]);
    const program = {
      profile: 'script',
      command: [process.execPath, '-e', 'setInterval(() => {}, 1e6)'],
    };
    await app.do('command', { window: 0, type: 'agent.add', data: { name: 'ada', ...program } });
    await waitFor('the agent to run', async () => {
      const asked = { window: 0, type: 'agent.list', data: {} };
      const { agents } = await app.do<{ agents: Array<{ state: string }> }>('query', asked);
      return (
        ['running', 'idle', 'working'].includes(agents[0]?.state ?? '') || JSON.stringify(agents)
      );
    });
    // Nobody shows that repository when it happens.
    const breaks = ['-e', 'setTimeout(() => process.exit(3), 2000)'];
    const broken = { profile: 'script', command: [process.execPath, ...breaks] };
    await app.do('page', { window: 1, preload });
    await app.do('command', { window: 1, type: 'agent.add', data: { name: 'bob', ...broken } });
    await app.do('close', { window: 1 });
    const { notices } = await app.until('a notice', (seen) => seen.notices.length > 0);
    expect(notices[0]).toMatch(/^bob crashed: .*\(.+\)$/);
    await app.do('place', { window: 0, bounds: { x: 77, y: 60, width: 1000, height: 700 } });
    await app.do('quit');
    const asked = await app.until('the question', ({ questions }) => questions.length === 1);
    expect(asked.questions[0]).toMatchObject({ detail: expect.stringMatching(/^ada\. /) });
    await app.do('answer', { button: 0 });
    expect(await app.exit()).toBe(0);
  }, 90_000);

  it('begins with what was open last, where it was, with the agent that went on', async () => {
    const app = start();
    const { windows } = await app.until('a window', (seen) => seen.windows.length === 1);
    // The last that was opened is the newest, and the first is the one whose agent works.
    await app.do('link', { url: `musher://show/agents?repo=${encodeURIComponent(shop.root)}` });
    const seen = await app.until('its window', (now) => now.windows.length === 2);
    expect(windows[0]?.url).toContain('?project=');
    expect(seen.windows[1]).toMatchObject({
      ...{ url: expect.stringMatching(/#\/agents$/) },
      bounds: { x: 77, y: 60, width: 1000, height: 700 },
    });
    await app.do('quit');
    await app.until('the question', ({ questions }) => questions.length === 1);
    await app.do('answer', { button: 1 });
    expect(await app.exit()).toBe(0);
  }, 90_000);

  it('shows where to choose another when the last one is gone', async () => {
    const away = `${api.root}-moved`;
    const other = `${shop.root}-moved`;
    await rename(api.root, away);
    await rename(shop.root, other);
    try {
      const app = start();
      await app.until('the page', ({ windows }) => windows[0]?.url === welcomeUrl);
      await app.do('page', { window: 0, preload });
      const asked = { window: 0, type: 'welcome.look', data: {} };
      const { recent } = await app.do<{ recent: object[] }>('query', asked);
      expect(recent).toContainEqual({ path: api.root, state: 'gone' });
      await app.do('quit');
      expect(await app.exit()).toBe(0);
    } finally {
      await rename(away, api.root);
      await rename(other, shop.root);
    }
  }, 60_000);

  it('says what a folder lacks that was named, and opens another that is chosen', async () => {
    const named = path.dirname(shop.root);
    const app = start('--repo', named);
    await app.until('the page', ({ windows }) => windows[0]?.url === welcomeUrl);
    await app.do('page', { window: 0, preload });
    const ask = (type: string, data: object) => ({ window: 0, type, data });
    expect(await app.do('query', ask('welcome.look', {}))).toMatchObject({ asked: named });
    expect(await app.do('query', ask('welcome.check', { path: named }))).toMatchObject({
      kind: 'plain',
    });
    const opened = await app.do('command', ask('welcome.open', { path: shop.root }));
    expect(opened).toMatchObject({ result: { root: shop.root } });
    await app.do('quit');
    expect(await app.exit()).toBe(0);
  }, 60_000);
});

// Triggers over what they are made of: the thread of expressions, real addresses, and a Musher that is killed between match and action.

import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TriggerRecord } from '../../preload/contract/trigger-facts.ts';
import { createExpressions } from '../../main/adapters/triggers/expression-thread.ts';
import { createWebhooks } from '../../main/adapters/triggers/webhooks.ts';
import { cliFile, type Serving } from '../harness/serve.ts';
import { makeServeWorld, type ServeWorld, type TestAgent } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

describe('the thread of expressions', () => {
  const subject = {
    ...{ event: { type: 'x' }, data: { n: 1, text: `${'a'.repeat(40)}!` }, story: 's-1' },
    ...{ agent: '', stage: '', paths: Array.from({ length: 1_000 }, (_, at) => `f${at}`) },
  };
  // Neither ends in this life: a pattern with too many ways, and lists in lists.
  const endless = 'data.text.matches("^(a+)+$")';
  const nested = `paths${'.all(a, paths'.repeat(4)}.size() >= 0${')'.repeat(4)}`;

  it('answers in order; what never ends is ended, told, and holds up nobody else', async () => {
    const expressions = createExpressions({ limitMs: 200 });
    try {
      const asked = [
        'data.n == 1',
        endless,
        'data.n == 2',
        nested,
        'data.x == 1',
        'story == "s-1"',
      ];
      const all = await Promise.all([
        expressions.evaluate(asked, subject),
        expressions.evaluate([endless, 'true'], subject),
      ]);
      const late = { fault: 'it took longer than 200 ms', isGivenUp: true };
      expect(all[0]).toEqual([true, late, false, late, { fault: 'No such key: x' }, true]);
      expect(all[1]).toEqual([late, true]);
      // It is known by now: nobody waits for it again.
      expect(await expressions.evaluate([endless, 'data.n > 0'], subject)).toEqual([late, true]);
    } finally {
      await expressions.close();
    }
  });

  it('who still waits when it is closed is told', async () => {
    const expressions = createExpressions();
    const waiting = expressions.evaluate([endless], subject);
    waiting.catch(() => undefined);
    await expressions.close();
    await expect(waiting).rejects.toMatchObject({ wire: { code: 'SHUTTING_DOWN' } });
    await expect(expressions.evaluate(['true'], subject)).rejects.toThrow();
  });
});

interface Hook {
  readonly url: string;
  readonly got: Array<{ readonly key: string; readonly body: string }>;
  /** By path. */
  answer: (path: string) => number | 'hang';
  close(): Promise<void>;
}

async function startHook(): Promise<Hook> {
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const key = String(request.headers['idempotency-key']);
      hook.got.push({ key, body: Buffer.concat(parts).toString('utf8') });
      const status = hook.answer(request.url ?? '');
      if (status === 'hang') return;
      response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' });
      // More than anybody wants to read.
      response.end('x'.repeat(1_000_000));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hook: Hook = {
    url: `http://127.0.0.1:${port}`,
    got: [],
    answer: () => 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return hook;
}

describe('an address', () => {
  let hook: Hook;
  beforeAll(async () => {
    hook = await startHook();
  });
  afterAll(() => hook.close());

  const go = new AbortController().signal;
  const send = (url: string, signal = go, timeoutMs = 20_000) =>
    createWebhooks({ timeoutMs, pausesMs: [1, 1] }).send({
      url,
      body: '{"a":1}',
      key: 'k-1',
      signal,
    });
  const count = async (answer: Hook['answer'], timeoutMs?: number) => {
    hook.answer = answer;
    const before = hook.got.length;
    const sent = send(`${hook.url}/x`, go, timeoutMs);
    const said = await sent.catch((error: Error) => error.message);
    return [said, hook.got.length - before];
  };

  it('gets the JSON once, with its key', async () => {
    expect(await count(() => 204)).toEqual(['it answered 204', 1]);
    expect(hook.got.at(-1)).toEqual({ key: 'k-1', body: '{"a":1}' });
  });

  it('that is broken is tried three times; one that refuses, or sends elsewhere, once', async () => {
    expect(await count(() => 500)).toEqual([
      expect.stringContaining('it answered 500, after 3 tries'),
      3,
    ]);
    let tries = 0;
    const second = () => (tries++ === 0 ? 503 : 200);
    expect(await count(second)).toEqual(['it answered 200, after 2 tries', 2]);
    expect(await count(() => 404)).toEqual([expect.stringContaining('it answered 404.'), 1]);
    expect(await count(() => 302)).toEqual([
      expect.stringContaining('a redirect, which is not followed'),
      1,
    ]);
  });

  it('that hangs has its time and no more; one that is not there says so', async () => {
    const [said] = await count(() => 'hang', 150);
    expect(said).toContain('did not answer within 0.15 s, after 3 tries');
    const nobody = await send('http://127.0.0.1:9/').catch((error: Error) => error.message);
    expect(nobody).toMatch(
      /127\.0\.0\.1:9 did not take .* (ECONNREFUSED|bad port|connection failed)/i,
    );
  });

  it('is let go when the hub stops', async () => {
    hook.answer = () => 'hang';
    const stop = new AbortController();
    const sending = send(`${hook.url}/x`, stop.signal);
    stop.abort();
    await expect(sending).rejects.toThrow();
  });
});

describe('a Musher', () => {
  let world: ServeWorld;
  let serving: Serving;
  let agent: TestAgent;
  let hook: Hook;

  beforeAll(async () => {
    hook = await startHook();
    world = await makeServeWorld();
    serving = await world.serve();
    agent = await world.addAgent(serving, 'one');
  });
  afterAll(async () => {
    await world.dispose();
    await hook.close();
  });

  /** As the operator. */
  function musher(...args: string[]): Promise<string> {
    const env = { ...process.env, MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
    return new Promise((resolve) => {
      const options = { env, cwd: world.repository.root };
      execFile(process.execPath, [cliFile, ...args], options, (_error, out, err) =>
        resolve(out + err),
      );
    });
  }

  const list = async () =>
    (await serving.operator.query<{ triggers: TriggerRecord[] }>('trigger.list', {})).triggers;
  const untilFired = (id: string, times: number) =>
    waitFor(`${id} to have fired ${times} times`, async () => {
      const found = (await list()).find((one) => one.id === id);
      return found?.fired === times && found.last?.outcome !== 'doing'
        ? found
        : JSON.stringify(found);
    });
  const bodies = async () => {
    const { events } = await serving.operator.query<{
      events: Array<{ type: string; actor: string; data: { body: string } }>;
    }>('log.page', { after: 0, limit: 500 });
    return events.flatMap(({ type, actor, data }) =>
      type === 'message.sent' && actor === 'operator' ? [data.body] : [],
    );
  };

  it('adds, tests and lists them by the command, and says what is wrong', async () => {
    const wrong = await musher('trigger', 'add', '--on', 'story.movd', '--prompt', 'x');
    expect(wrong).toContain('No event is of the type "story.movd"');
    expect(wrong).toContain('story.moved');
    const where = await musher(
      'trigger',
      'add',
      '--on',
      'story.moved',
      '--where',
      'data.x >',
      '--prompt',
      'x',
    );
    expect(where).toContain('line 1, column 9, at its end');
    const added = await musher(
      ...['trigger', 'add', 'tell one', '--on', 'story.added', '--cooldown', '0'],
      ...['--where', 'data.priority == "high"', '--do', 'send one "look at {{story}}"'],
    );
    expect(added).toContain('tr-1 is armed');
    await musher('story', 'add', 'First', '--priority', 'high');
    await musher('story', 'add', 'Second');
    await untilFired('tr-1', 1);
    expect(await bodies()).toEqual(['look at s-1']);
    expect(await musher('trigger', 'test', 'tr-1')).toMatch(
      /Would have fired once in the \d+ events/,
    );
    expect(await musher('trigger', 'list')).toMatch(
      /tr-1 +armed .* story\.added; where data\.priority/,
    );
    expect(await musher('trigger', 'show', 'tr-1')).toContain('fired on event');
    expect(
      await agent.command('trigger.add', { on: ['*'], prompt: 'x' }).catch((error) => error),
    ).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('fires each once, killed wherever it stands, and an address that hangs holds up no other', async () => {
    hook.answer = () => 'hang';
    const { trigger } = await serving.operator.command<{ trigger: string }>('trigger.add', {
      ...{ on: ['story.added'], webhook: `${hook.url}/hook` },
    });
    const before = (await bodies()).length;
    const written: string[] = [];
    for (let round = 0; round < 2; round++) {
      // The last of them are on their way when it dies.
      const all = Array.from({ length: 4 }, () =>
        serving.operator
          .command<{ story: string }>('story.add', { title: 'more', priority: 'high' })
          .then(({ story }) => written.push(story))
          .catch(() => undefined),
      );
      if (round === 0) await Promise.all(all);
      await serving.kill('SIGKILL');
      await Promise.all(all);
      serving = await world.serve();
    }
    const said = await waitFor('all to be told', async () => {
      const now = (await bodies()).slice(before);
      return now.length >= written.length ? now : `${now.length} of ${written.length}`;
    });
    expect(new Set(said).size).toBe(said.length);
    for (const story of written) expect(said).toContain(`look at ${story}`);
    // One after another, and the first hangs: what it was sent again after a death has the same key.
    const keys = new Set(
      hook.got.filter(({ body }) => body.includes('more')).map(({ key }) => key),
    );
    expect([...keys].every((key) => key.startsWith(`trigger:${trigger}:`))).toBe(true);
    await serving.operator.command('trigger.remove', { trigger });
  });
});

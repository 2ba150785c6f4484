// Recordings end to end: an agent's terminal is recorded by itself; the operator alone lists, exports, searches.

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecordedEvent, Recording } from '../../preload/contract/recordings.ts';
import { playCast } from '../harness/recordings.ts';
import { runMusher, type Serving } from '../harness/serve.ts';
import { makeServeWorld, scriptedAgent, type ServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

const token = `ghp_${'a1B2c3'.repeat(6)}`;

let world: ServeWorld;
let serving: Serving;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  await serving.operator.command('agent.add', {
    name: 'painter',
    profile: 'script',
    command: scriptedAgent('paints.mjs', '40', '4000'),
  });
  await screenOf('painter', 'painted 40');
});
afterAll(() => world.dispose());

async function screenOf(agent: string, text: string): Promise<string> {
  const screen = await waitFor(`${agent} to show ${text}`, async () => {
    const found = await serving.operator.query<{ text: string }>('agent.screen', { agent });
    return found.text.includes(text) ? found : found.text;
  });
  return screen.text;
}

async function listed(agent: string): Promise<readonly Recording[]> {
  const { recordings } = await serving.operator.query<{ recordings: Recording[] }>(
    'recording.list',
    { agent },
  );
  return recordings;
}

async function musher(...args: string[]) {
  const own = { MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
  return runMusher(args, { env: { ...(process.env as Record<string, string>), ...own } });
}

/** Everything it said is written. */
async function exported(agent: string, text: string): Promise<string> {
  const { stdout } = await waitFor(`the recording of ${agent} to have ${text}`, async () => {
    const finished = await musher('recording', 'export', agent);
    return finished.stdout.includes(text)
      ? finished
      : finished.stderr + finished.stdout.slice(-300);
  });
  return stdout;
}

it('an export played in a terminal shows what the agent’s screen shows', async () => {
  const screen = await screenOf('painter', 'painted 40');
  const played = await playCast(await exported('painter', 'painted 40'));
  const { active } = played.buffer;
  const lines = Array.from({ length: played.rows }, (_, row) =>
    active.getLine(active.baseY + row)?.translateToString(true),
  );
  expect(lines.join('\n').trimEnd()).toBe(screen);
  played.dispose();
});

it('the list says agent, session, length and size, and that it still grows', async () => {
  const [recording] = await listed('painter');
  expect(recording).toMatchObject({ agent: 'painter', session: 1, isRunning: true });
  expect(recording?.sizeBytes).toBeGreaterThan(100_000);
  const { stdout } = await musher('recording', 'list', 'painter');
  expect(stdout).toMatch(
    /AGENT +SESSION +BEGAN +LENGTH +SIZE +STATE\npainter +1 .* kB +recording\n/,
  );
});

it('each session is a recording of its own, and the newest is exported unless another is named', async () => {
  await serving.operator.command('agent.restart', { agent: 'painter' });
  await waitFor('the second session', async () => (await listed('painter')).length === 2);
  await exported('painter', 'painted 40');
  const [second, first] = await listed('painter');
  expect([second?.session, second?.isRunning, first?.session, first?.isRunning]).toEqual([
    ...[2, true, 1, false],
  ]);
  const file = path.join(world.repository.root, 'first.cast');
  const { stdout } = await musher(
    ...['recording', 'export', 'painter', '--session', '1', '--output', file],
  );
  const text = await readFile(file, 'utf8');
  expect(stdout).toContain(`Exported ${Buffer.byteLength(text)} bytes`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({ version: 2, title: 'painter.1' });
  expect(text).toContain('"m","Ended');
});

it('a file that cannot be written costs nothing, and says why', async () => {
  const folder = path.join(world.repository.root, 'no', 'such');
  const { code, stderr } = await musher(
    ...['recording', 'export', 'painter', '--output', path.join(folder, 'a.cast')],
  );
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('--output cannot be written: ENOENT'),
  ]);
});

it('what nobody recorded is told, with what to do', async () => {
  const { code, stderr } = await musher('recording', 'export', 'nobody');
  expect([code, stderr]).toEqual([1, expect.stringContaining('no recording of "nobody"')]);
  const missing = await musher('recording', 'export', 'painter', '--session', '9');
  expect(missing.stderr).toContain('no recording of "painter" in its session 9');
});

it('secrets are not in it, and not on the disk', async () => {
  const command = ['sh', '-c', `echo ${token.slice(0, 12)}"${token.slice(12)}" end; sleep 60`];
  await serving.operator.command('agent.add', { name: 'leaky', profile: 'script', command });
  const hidden = `ghp_${'*'.repeat(36)} end`;
  expect(await exported('leaky', hidden)).not.toContain(token);
  const plain = await musher('recording', 'export', 'leaky', '--no-mask');
  expect(plain.stdout).toContain(hidden);
});

it('a player reads it by page, and finds when a text first shows', async () => {
  const which = { agent: 'painter', session: 1 };
  const { parts, marks, recording } = await serving.operator.query<{
    parts: Array<{ part: number; atMs: number }>;
    marks: Array<{ text: string }>;
    recording: Recording;
  }>('recording.get', which);
  expect([parts, marks.map(({ text }) => text)]).toEqual([
    [{ part: 1, atMs: 0 }],
    [expect.stringMatching(/^Ended/)],
  ]);
  let next: { part: number; at: number } | undefined = { part: 1, at: 0 };
  const events: RecordedEvent[] = [];
  while (next !== undefined) {
    const page: { events: RecordedEvent[]; next?: typeof next } = await serving.operator.query(
      'recording.page',
      { ...which, ...next },
    );
    events.push(...page.events);
    next = page.next;
  }
  expect(events.at(-1)?.atMs).toBe(recording.durationMs);
  const found = await serving.operator.query('recording.find', { ...which, text: 'PAINTED 40' });
  const when = events.find(({ text }) => text.includes('painted 40'))?.atMs;
  expect(found).toEqual({ foundMs: when });
  const nothing = await serving.operator.query('recording.find', {
    ...which,
    text: 'no such thing',
  });
  expect(nothing).toEqual({});
});

it('agents get none of it, not even of themselves', async () => {
  const agent = await world.addAgent(serving, 'curious');
  for (const type of ['recording.list', 'recording.export', 'recording.page', 'recording.find']) {
    const { status } = await agent.send(`/v1/${type}`, {
      method: 'POST',
      body: { agent: 'curious', text: 'x' },
    });
    expect([type, status]).toEqual([type, 403]);
  }
});

it('after the hub is killed the recordings are there as before', async () => {
  const before = await listed('painter');
  await serving.kill('SIGKILL');
  serving = await world.serve();
  const after = await listed('painter');
  expect(after.map(({ session, startMs }) => [session, startMs])).toEqual(
    expect.arrayContaining(before.map(({ session, startMs }) => [session, startMs])),
  );
});

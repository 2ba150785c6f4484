// Yeses by rules, with words and to several, on real git: what is merged is what the rule says, or the operator is asked.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalRecord } from '../../preload/contract/approvals.ts';
import type { Trace } from '../../preload/contract/trace.ts';
import type { WaitingItem } from '../../preload/contract/inbox.ts';
import type { Files } from '../harness/repositories.ts';
import { makeServeWorld, type ServeWorld, type TestAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

const config = `
[review]
strategy = "squash"
[[review.delegate]]
name = "docs-only"
action = "approve"
paths = ["docs/**"]
agents = ["writer"]
`;

let world: ServeWorld;
let serving: Serving;
let writer: TestAgent;
let others: TestAgent[];
let data: string;

beforeAll(async () => {
  world = await makeServeWorld();
  const long = 'a page of many lines\n'.repeat(20);
  await world.repository.commit('docs', { 'docs/guide.md': long });
  data = await mkdtemp(join(tmpdir(), 'musher-rules-'));
  await writeFile(join(data, 'config.toml'), config);
  serving = await world.serve({ env: { ...world.repository.env, MUSHER_DATA: data } });
  writer = await world.addAgent(serving, 'writer');
  others = [await world.addAgent(serving, 'one'), await world.addAgent(serving, 'two')];
  // The operator works elsewhere, so main is checked out nowhere.
  await world.repository.git(['checkout', '-q', '-b', 'operator']);
});
afterAll(async () => {
  await world.dispose();
  await rm(data, { recursive: true, force: true });
});

async function ask(agent: TestAgent, files: Files, message = 'work') {
  const { repository } = world;
  await repository.git(['reset', '-q', '--hard', 'main'], agent.worktree);
  const commit = await repository.commit(message, files, agent.worktree);
  const { approval } = await agent.command<{ approval: string }>('approval.request', { commit });
  return { approval, commit };
}
const get = (approval: string) =>
  serving.operator.query<ApprovalRecord>('approval.get', { approval });
const settled = (approval: string) =>
  serving.operator.query<ApprovalRecord>('approval.get', { approval, waitMs: 20_000 });
const left = (approval: string) =>
  waitFor('it to be left to the operator', async () => {
    const { leftBecause, state } = await get(approval);
    return leftBecause === undefined ? state : { leftBecause };
  });
const waiting = async () =>
  (await serving.operator.query<{ items: WaitingItem[] }>('inbox.list')).items
    .filter(({ kind }) => kind === 'approval')
    .map(({ subject }) => subject);
const mainFile = (path: string) => world.repository.git(['show', `main:${path}`]);

it('what a rule approves is merged, says so in its commit, the trace and the decided list, and was never in the Inbox', async () => {
  const { approval } = await ask(writer, { 'docs/new.md': 'new\n' });
  const record = await settled(approval);
  expect(record).toMatchObject({ state: 'merged', rule: 'docs-only', settledBy: 'system' });
  expect(await waiting()).toEqual([]);
  const message = await world.repository.git(['log', '-1', '--format=%B', 'main']);
  expect(message).toContain(`Musher-Event: ${record.queued?.seq}\nMusher-Rule: docs-only`);
  const why = await serving.operator.query<Trace>('trace.why', {
    place: 'docs/new.md:1',
    at: 'main',
  });
  expect(why.approval).toMatchObject({ id: approval, reviewer: 'system', rule: 'docs-only' });
  const { decisions } = await serving.operator.query<{ decisions: Array<{ what: string }> }>(
    'inbox.decided',
  );
  expect(decisions[0]?.what).toContain('Approved by rule docs-only');
});

it('a link among its paths is left to the operator', async () => {
  const { approval } = await ask(writer, { 'docs/link': { link: '/etc/passwd' } });
  expect((await left(approval)).leftBecause).toContain('docs/link is a symbolic link');
  expect(await waiting()).toEqual([approval]);
  await serving.operator.command('approval.deny', { approval });
});

it('a file that came from elsewhere counts by its old name too, and is asked at once', async () => {
  const { approval } = await ask(writer, { 'readme.md': null, 'docs/readme.md': 'hello\n' });
  expect(await waiting()).toEqual([approval]);
  const { verdict } = await serving.operator.query<{ verdict: { action: string } }>(
    'approval.rules',
    { approval },
  );
  expect(verdict.action).toBe('ask');
  await serving.operator.command('approval.deny', { approval });
});

it('where the target has moved the file meanwhile, the merge would change another: it is left, and nothing moves', async () => {
  const { repository } = world;
  await serving.operator.command('queue.hold', {});
  const text = `${'a page of many lines\n'.repeat(20)}and one more\n`;
  const { approval } = await ask(writer, { 'docs/guide.md': text });
  await waitFor('the rule to approve it', async () => {
    const { state } = await get(approval);
    return state === 'approved' ? { state } : state;
  });
  await repository.commitOn(
    'moves',
    { 'docs/guide.md': null, 'src/guide.ts': 'a page of many lines\n'.repeat(20) },
    'main',
  );
  await repository.git(['branch', '-f', 'main', 'moves']);
  await serving.operator.command('queue.release', {});
  const record = await settled(approval);
  expect(record).toMatchObject({ state: 'failed', failure: { code: 'DELEGATION_UNFIT' } });
  expect(await repository.git(['rev-parse', 'main'])).toBe(
    await repository.git(['rev-parse', 'moves']),
  );
  expect(await mainFile('src/guide.ts')).not.toContain('one more');
  await serving.operator.command('approval.deny', { approval });
});

it('several at once, each as it was seen: what was said reaches their agents, and the trace', async () => {
  const asked = [];
  for (const agent of others)
    asked.push(await ask(agent, { [`src/${agent.name}.ts`]: `${agent.name}\n` }, agent.name));
  const [first, second] = asked;
  const items = [
    `${first?.approval}:${first?.commit}`,
    { approval: second?.approval, commit: second?.commit.slice(0, 10) },
    `${second?.approval}:${first?.commit}`,
  ];
  const answer = await serving.operator.command<{ results: unknown[]; approved: number }>(
    'approval.approve_many',
    { items, note: 'thanks, both' },
  );
  expect(answer).toMatchObject({
    approved: 2,
    results: [
      { approval: first?.approval },
      { approval: second?.approval },
      { approval: second?.approval, error: { code: 'APPROVAL_NOT_PENDING' } },
    ],
  });
  for (const one of asked)
    expect(await settled(one.approval)).toMatchObject({ state: 'merged', note: 'thanks, both' });
  const mail = await others[1]?.query<{ items: Array<{ type: string; text: string }> }>(
    'inbox.read',
    { after: 0 },
  );
  expect(mail?.items.find(({ type }) => type === 'approval.merged')?.text).toMatch(
    /^Approved and merged: .* Note: thanks, both$/s,
  );
  const why = await serving.operator.query<Trace>('trace.why', {
    place: 'src/two.ts:1',
    at: 'main',
  });
  expect(why.approval).toMatchObject({ reviewer: 'operator', note: 'thanks, both' });
});

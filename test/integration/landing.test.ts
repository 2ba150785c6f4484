// Stories land as they do: real git, real gates in real terminals, scripted agents, over HTTP; and a hub that is killed in the middle.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalRecord } from '../../preload/contract/approvals.ts';
import type { Place } from '../../preload/contract/story-facts.ts';
import { itAtLength } from '../harness/at-length.ts';
import type { Serving } from '../harness/serve.ts';
import {
  agentRecord,
  makeServeWorld,
  scriptedAgent,
  type ServeWorld,
  type TestAgent,
} from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let agents: TestAgent[];
let data: string;

const [program = '', ...args] = scriptedAgent('mends.mjs');
// It is red where a file says so.
const gate = `test ! -e red.txt`;
const config = `
[pipeline]
merge_profile = "mends"
retention = "2s"
[profiles.mends]
program = ${JSON.stringify(program)}
args = ${JSON.stringify(args)}
[[gates]]
name = "test"
command = ["/bin/sh", "-c", ${JSON.stringify(gate)}]
`;

const serve = () => world.serve({ env: { ...world.repository.env, MUSHER_DATA: data } });

beforeAll(async () => {
  world = await makeServeWorld();
  data = await mkdtemp(join(tmpdir(), 'musher-landing-'));
  await writeFile(join(data, 'config.toml'), config);
  await world.repository.commit('a page', { 'page.txt': 'top\nmiddle\nbottom\n' });
  serving = await serve();
  agents = [];
  for (const name of ['one', 'two', 'three']) agents.push(await world.addAgent(serving, name));
  // The operator works elsewhere, so main is checked out nowhere.
  await world.repository.git(['checkout', '-q', '-b', 'operator']);
});
afterAll(async () => {
  await world.dispose();
  await rm(data, { recursive: true, force: true });
});

async function write(agent: TestAgent, more: object = {}): Promise<string> {
  const { operator } = serving;
  const { story } = await operator.command<{ story: string }>('story.add', {
    ...{ title: `Work of ${agent.name}`, ...more },
  });
  await operator.command('story.assign', { story, agent: agent.name });
  await operator.command('story.move', { story, to: 'coding' });
  return story;
}

async function submit(agent: TestAgent, story: string, files: Record<string, string | null>) {
  const commit = await world.repository.commit(`for ${story}`, files, agent.worktree);
  await agent.command('story.submit', { story, commit });
  return commit;
}

async function place(story: string): Promise<Place> {
  return (await serving.operator.query<{ place: Place }>('story.get', { story })).place;
}

const until = (story: string, ...stages: string[]) =>
  waitFor(`${story} to be ${stages.join(' or ')}`, async () => {
    const now = await place(story);
    return stages.includes(now.stage) ? now : JSON.stringify(now);
  });

const isMerged = (commit: string) =>
  world.repository.gitPasses(['merge-base', '--is-ancestor', commit, 'refs/heads/main']);

/** Its own id, where its merge has failed before. */
async function failures(story: string): Promise<string[]> {
  const { history } = await serving.operator.query<{ history: Array<{ text: string }> }>(
    'story.get',
    { story, limit: 200 },
  );
  return history.some(({ text }) => text.includes('by fail_merge')) ? [story] : [];
}

it('green gates bring a story from qa to archived; its commit is in the target, and its history says how', async () => {
  const [agent] = agents as [TestAgent];
  const story = await write(agent);
  const commit = await submit(agent, story, { 'one.txt': '1\n' });
  await until(story, 'archived');
  expect(await isMerged(commit)).toBe(true);
  const { history } = await serving.operator.query<{ history: object[] }>('story.get', { story });
  const { approvals } = await serving.operator.query<{ approvals: ApprovalRecord[] }>(
    'approval.list',
    { all: true },
  );
  const [approval] = approvals;
  expect(approval).toMatchObject({ state: 'merged', story, byStory: { mode: 'gates' } });
  const cause = { kind: 'approval', ref: approval?.id };
  expect(history.slice(-4)).toMatchObject([
    { cause },
    {},
    { cause, actor: 'system' },
    { cause: { kind: 'timer', ref: 'retention' } },
  ]);
});

it('red gates send it back with what they showed, and nothing is merged', async () => {
  const [agent] = agents as [TestAgent];
  const story = await write(agent);
  const commit = await submit(agent, story, { 'red.txt': 'r\n' });
  await until(story, 'coding');
  expect(await isMerged(commit)).toBe(false);
  await submit(agent, story, { 'red.txt': null, 'blue.txt': 'b\n' });
  await until(story, 'done', 'archived');
});

// Over the page the same happens in test/e2e/ten-stories.
itAtLength(
  'two stories change the same line: the second is mended by a merge agent, checked again and merged, also over a kill -9',
  async () => {
    const [, two, three] = agents as [TestAgent, TestAgent, TestAgent];
    const [first, second] = [await write(two), await write(three)];
    await submit(two, first, { 'page.txt': 'top\nof two\nbottom\n' });
    await submit(three, second, { 'page.txt': 'top\nof three\nbottom\n' });
    await serving.kill('SIGKILL');
    serving = await serve();
    await until(first, 'done', 'archived');
    await until(second, 'done', 'archived');
    const page = await world.repository.git(['show', 'main:page.txt']);
    expect(page.split('\n').toSorted()).toEqual(['bottom', 'of three', 'of two', 'top']);
    // Whichever came later.
    const [mended = ''] = (await Promise.all([first, second].map(failures))).flat();
    await waitFor('the merge agent to be cleared away', async () => {
      const found = await agentRecord(serving, `merge-${mended}`).catch(() => undefined);
      return found === undefined || found.state === 'destroyed' || found.state;
    });
    expect((await agentRecord(serving, 'three')).state).toBe('running');
  },
);

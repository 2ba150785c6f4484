// Ten stories from the backlog to the archive by nobody's hand: real git, gates and programs, a conflict that a merge agent mends,
// one that comes to nothing, and a hub that is killed in the middle of it. The board shows it while it goes on.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import type { StoryListRow } from '../../preload/contract/stories.ts';
import type { Serving } from '../harness/serve.ts';
import { makeServeWorld, scriptedAgent, type ServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';
import { goTo, openMusher } from './musher-page.ts';

const flowMs = 200_000;
let world: ServeWorld;
let serving: Serving;
let data: string;

const quoted = (words: readonly string[]) => JSON.stringify(words);
const serve = () => world.serve({ env: { ...world.repository.env, MUSHER_DATA: data } });

test.beforeEach(async () => {
  world = await makeServeWorld();
  data = await mkdtemp(join(tmpdir(), 'musher-ten-'));
  const [coder = '', ...coderArgs] = scriptedAgent('codes.mjs', data);
  const [mender = '', ...menderArgs] = scriptedAgent('mends.mjs');
  const config = `
[pipeline]
profile = "coder"
merge_profile = "mender"
max_agents = 4
retention = "1s"
update_checkout = true
[profiles.coder]
program = ${JSON.stringify(coder)}
args = ${quoted(coderArgs)}
[profiles.mender]
program = ${JSON.stringify(mender)}
args = ${quoted(menderArgs)}
[[gates]]
name = "test"
command = ["/bin/sh", "-c", "test -e page.txt"]
`;
  await writeFile(join(data, 'config.toml'), config);
  await world.repository.commit('a page', { 'page.txt': 'top\nmiddle\nbottom\n' });
  serving = await serve();
});
test.afterEach(async () => {
  await world.dispose();
  await rm(data, { recursive: true, force: true });
});

const stories = [
  { title: 'Ground: submit', criteria: ['it is there'] },
  { title: 'Left wall: submit', dependsOn: ['s-1'] },
  { title: 'Right wall: commit', dependsOn: ['s-1'] },
  { title: 'Page of one: submit', priority: 'critical' },
  { title: 'Page of another: submit', priority: 'critical' },
  { title: 'Roof: submit', dependsOn: ['s-2', 's-3'] },
  { title: 'Nothing comes of it' },
  { title: 'Fence: commit', type: 'chore', priority: 'low' },
  { title: 'Chimney: submit', dependsOn: ['s-6'] },
  { title: 'Smoke: submit', dependsOn: ['s-9', 's-8'], type: 'bug' },
];

async function rows(): Promise<ReadonlyMap<string, StoryListRow>> {
  const { stories: all } = await serving.operator.query<{ stories: StoryListRow[] }>('story.list', {
    all: true,
  });
  return new Map(all.map((story) => [story.id, story]));
}

/** Waits for this many stories in the stage; how all of them stand is told on giving up. */
function untilIn(stage: string, count: number): Promise<unknown> {
  return waitFor(
    `${count} stories in ${stage}`,
    async () => {
      const all = [...(await rows()).values()];
      const found = all.filter(({ place }) => place.stage === stage);
      return found.length >= count || all.map(({ id, place }) => `${id} ${place.stage}`).join(', ');
    },
    { timeoutMs: flowMs },
  );
}

test('ten stories flow from the backlog into the target, over a kill -9 of the hub', async ({
  page,
}) => {
  test.setTimeout(flowMs + 60_000);
  for (const story of stories) await serving.operator.command('story.add', story);
  await openMusher(page, serving);
  await goTo(page, '#/stories');
  await expect(page.getByText('Ground: submit')).toBeVisible();
  await serving.operator.command('pipeline.start', {});
  // Those of one page begin together, so that the second does not merge.
  const starts = async () => (await readFile(join(data, 'starts'), 'utf8')).trim().split('\n');
  await waitFor('four agents to begin', async () => (await starts().catch(() => [])).length === 4);
  await writeFile(join(data, 'go'), '');
  await untilIn('archived', 2);
  await serving.kill('SIGKILL');
  serving = await serve();
  await untilIn('archived', 9);
  await untilIn('blocked', 1);

  const all = await rows();
  const nothing = all.get('s-7');
  expect(nothing?.place).toMatchObject({ stage: 'blocked', over: { stage: 'coding' } });
  expect((await starts()).filter((line) => line.endsWith(' s-7'))).toHaveLength(3);
  // Each other one began once, and its work is in the target once.
  for (const id of all.keys()) {
    if (id === 's-7') continue;
    expect((await starts()).filter((line) => line.endsWith(` ${id}`))).toHaveLength(1);
  }
  const git = world.repository.git;
  const files = (await git(['ls-tree', '--name-only', 'main'])).split('\n');
  const made = [...all.keys()].filter((id) => id !== 's-7').map((id) => `${id}.txt`);
  expect(files).toEqual(expect.arrayContaining(made));
  expect(files).not.toContain('s-7.txt');
  const lines = (await git(['show', 'main:page.txt'])).split('\n');
  expect(lines.toSorted()).toEqual(['bottom', 'of s-4', 'of s-5', 'top']);
  const mergedMs = (id: string) => {
    const place = all.get(id)?.place;
    return place !== undefined && 'merge' in place ? (place.merge?.mergedMs ?? 0) : 0;
  };
  for (const [at, { dependsOn = [] }] of stories.entries())
    for (const before of dependsOn) expect(mergedMs(before)).toBeLessThan(mergedMs(`s-${at + 1}`));
  const { agents } = await serving.operator.query<{ agents: AgentRecord[] }>('agent.list');
  expect(agents.filter(({ state }) => state === 'running')).toEqual([]);

  await openMusher(page, serving);
  await goTo(page, '#/stories');
  await expect(page.getByText('Nothing comes of it')).toBeVisible();
  await expect(page.getByText('Smoke: submit')).toBeHidden();
});

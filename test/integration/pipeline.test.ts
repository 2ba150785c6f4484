// The pipeline with real git, worktrees and programs: stories go to agents by themselves, over the death of the hub.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StoryListRow } from '../../preload/contract/stories.ts';
import { itAtLength } from '../harness/at-length.ts';
import { runMusher, type Serving } from '../harness/serve.ts';
import {
  agentRecord,
  makeServeWorld,
  scriptedAgent,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let data: string;

const env = () => ({ ...world.repository.env, MUSHER_DATA: data });
const allow = () => writeFile(join(data, 'go'), '');

beforeEach(async () => {
  world = await makeServeWorld();
  data = join(world.repository.root, '..', 'data');
  await mkdir(data, { recursive: true });
  const [program, ...args] = scriptedAgent('codes.mjs', data);
  const profile = `[profiles.coder]\nprogram = ${JSON.stringify(program)}\nargs = ${JSON.stringify(args)}\n`;
  const pipeline = '[pipeline]\nprofile = "coder"\nmax_agents = 2\nmax_no_progress = 2\n';
  await writeFile(join(data, 'config.toml'), pipeline + profile);
  serving = await world.serve({ env: env() });
});
afterEach(() => world.dispose());

async function musher(...words: string[]): Promise<string> {
  const more = { MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
  const { stdout, stderr } = await runMusher(words, { env: { ...env(), ...more } });
  return stdout + stderr;
}

async function storyOf(id: string): Promise<StoryListRow> {
  const { stories } = await serving.operator.query<{ stories: StoryListRow[] }>('story.list', {
    all: true,
  });
  const found = stories.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no story ${id}`);
  return found;
}

function untilStage(id: string, stage: string): Promise<StoryListRow> {
  return waitFor(`${id} to be ${stage}`, async () => {
    const story = await storyOf(id);
    return story.place.stage === stage ? story : new Error(JSON.stringify(story));
  });
}

const starts = async () => (await readFile(join(data, 'starts'), 'utf8')).trim().split('\n');

// Over the page the same happens in test/e2e/ten-stories.
itAtLength(
  'one story after the other, and a hub that is killed in the midst of it changes nothing',
  async () => {
    const { operator } = serving;
    await operator.command('story.add', { title: 'First: commit', criteria: ['it is there'] });
    const second = { title: 'Second: submit', criteria: ['so is this'], dependsOn: ['s-1'] };
    await operator.command('story.add', second);
    expect(await musher('pipeline', 'status')).toContain('paused (musher pipeline start)');
    expect(await musher('pipeline', 'start')).toContain('The pipeline runs');
    await waitFor('the first to begin', async () => (await starts()).length === 1);
    await serving.kill('SIGKILL');
    serving = await world.serve({ env: env() });
    const [agent = '', story] = (await starts())[0]?.split(' ') ?? [];
    expect([agent, story]).toEqual(['s-1-first-commit', 's-1']);
    expect((await agentRecord(serving, agent)).session).toBe(1);
    const said = await musher('pipeline', 'status');
    expect(said).toMatch(/s-1 +s-1-first-commit +coder +- +at work/);
    expect(said).toMatch(/s-2 +dependency .*it waits for s-1 \(coding\)/);
    await allow();
    const { place } = await untilStage('s-1', 'qa');
    const tip = (await world.repository.git(['rev-parse', `agent/${agent}`])).trim();
    expect(place).toEqual({ stage: 'qa', commit: tip });
    const done = { story: 's-1', to: 'done', reason: 'by hand' };
    await serving.operator.command('story.move', done);
    expect(await untilStage('s-2', 'qa')).toMatchObject({
      criteriaDone: 1,
      agent: 's-2-second-submit',
    });
    expect(await starts()).toEqual(['s-1-first-commit s-1', 's-2-second-submit s-2']);
  },
);

it('a program that ends without a commit is started again, and its story blocked at the cap', async () => {
  await allow();
  const { operator } = serving;
  await operator.command('pipeline.start', {});
  await operator.command('story.add', { title: 'Nothing comes of it' });
  const { place, agent = '' } = await untilStage('s-1', 'blocked');
  expect('reason' in place && place.reason).toBe(
    'Twice in a row its agent’s program ended without a commit (the last time it ended), and nothing was changed.',
  );
  expect(await starts()).toHaveLength(2);
  await untilAgent(serving, agent, 'stopped');
  await operator.command('story.edit', { story: 's-1', title: 'Now commit' });
  await operator.command('story.unblock', { story: 's-1' });
  await untilStage('s-1', 'qa');
});

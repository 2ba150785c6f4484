// Stories end to end: written and imported by the command line, worked on by an agent with its own token, and the same after a restart.

import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cliFile, type Serving } from '../harness/serve.ts';
import { makeServeWorld, type ServeWorld, type TestAgent } from '../harness/serve-world.ts';

let world: ServeWorld;
let serving: Serving;
let agent: TestAgent;
let other: TestAgent;
let folder: string;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  agent = await world.addAgent(serving, 'one');
  other = await world.addAgent(serving, 'two');
  folder = join(world.repository.root, 'stories');
  await mkdir(folder);
});
afterAll(() => world.dispose());

/** From the root of the repository, as the operator. */
async function musher(...args: string[]): Promise<{ out: string; err: string }> {
  const env = { ...process.env, MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
  const options = { env, cwd: world.repository.root };
  return new Promise((resolve) => {
    execFile(process.execPath, [cliFile, ...args], options, (_error, out, err) =>
      resolve({ out, err }),
    );
  });
}

it('files come in whole or not at all, and again without harm', async () => {
  await writeFile(join(folder, 'a.md'), '---\ntitle: First\ndependsOn: [b.md]\n---\nDo it.\n');
  await writeFile(join(folder, 'b.md'), '---\nprio: high\n---\n# Second\n');
  await writeFile(join(folder, 'c.md'), Buffer.from([0xff, 0xfe]));
  const { err } = await musher('story', 'import', 'stories');
  expect(err).toContain('because of');
  expect(err).toContain('stories/b.md:2: expected one of id, title');
  expect(err).toContain('stories/c.md: expected text in UTF-8');
  expect((await musher('story', 'import', 'nowhere.md')).err).toContain(
    'nowhere.md does not exist',
  );
  expect((await musher('story', 'import', 'package.toml', 'stories/a.md')).err).toContain(
    'Nothing was imported',
  );
  await rm(join(folder, 'c.md'));
  await writeFile(
    join(folder, 'b.md'),
    '---\npriority: high\ncriteria: [it works]\n---\n# Second\n',
  );
  expect((await musher('story', 'import', 'stories', '--dry-run')).out).toContain('Would add 2');
  expect((await musher('story', 'import', 'stories')).out).toContain('Added 2, updated 0');
  const issues = JSON.stringify([{ number: 4, title: 'Crash', labels: [{ name: 'bug' }] }]);
  await writeFile(join(world.repository.root, 'issues.json'), issues);
  const again = await musher('story', 'import', 'stories', 'issues.json');
  expect(again.out).toContain('Added 1, updated 0; 2 unchanged');
});

it('the list reads well', async () => {
  const { out } = await musher('story', 'list');
  expect(
    out.split('\n').map((line) =>
      line
        .replace(/\S+ ago|now/, 'AGE')
        .replace(/ +/g, ' ')
        .trim(),
    ),
  ).toEqual([
    'ID STAGE SINCE PRIORITY TYPE AGENT MET WAITS FOR TITLE',
    expect.stringMatching(/^s-2 backlog .* high story - 0\/1 - Second$/),
    expect.stringMatching(/^s-1 backlog .* normal story - - s-2 First$/),
    expect.stringMatching(/^s-3 backlog .* normal bug - - - Crash \[bug\]$/),
    '',
  ]);
});

it('an agent works on its own with its token, and on no other', async () => {
  // A person reviews it, so that it stays where it is submitted to.
  await musher('story', 'edit', 's-2', '--review', 'human');
  await musher('story', 'assign', 's-2', 'one');
  await musher('story', 'move', 's-2', 'coding');
  const tick = { story: 's-2', criterion: 1 };
  await expect(other.command('story.tick', tick)).rejects.toMatchObject({
    code: 'STORY_NOT_YOURS',
  });
  for (const type of ['story.edit', 'story.move', 'story.untick', 'story.abandon'])
    await expect(agent.command(type, tick)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await agent.command('story.tick', tick);
  const commit = await world.repository.commit('work', { 'w.txt': 'w\n' }, agent.worktree);
  expect(await agent.command('story.submit', { story: 's-2', commit })).toEqual({
    story: 's-2',
    stage: 'qa',
  });
  await expect(agent.command('story.submit', { story: 's-2', commit })).rejects.toThrow(
    'STORY_MOVE_ILLEGAL',
  );
});

it('by GET a list of one is one value', async () => {
  const ask = async (query: string) => {
    const { status, body } = await serving.operator.send(`/v1/story.list?${query}`);
    const { stories } = body as { stories: Array<{ id: string }> };
    return [status, stories.map(({ id }) => id)];
  };
  expect(await ask('stage=qa')).toEqual([200, ['s-2']]);
  expect(await ask('stage=qa&stage=backlog&limit=1')).toEqual([200, ['s-2']]);
});

it('a restart keeps all of it, with its history', async () => {
  await musher('story', 'hold', 's-2', '--reason', 'look at the words first');
  const before = (await musher('story', 'show', 's-2', '--json')).out;
  await serving.stop();
  serving = await world.serve();
  const after = (await musher('story', 'show', 's-2', '--json')).out;
  expect(JSON.parse(after)).toEqual(JSON.parse(before));
  const { out } = await musher('story', 'show', 's-2');
  expect(out).toContain('held (qa)');
  expect(out).toContain('1. [x] it works');
  expect(out).toContain('qa → held by hold: look at the words first');
});

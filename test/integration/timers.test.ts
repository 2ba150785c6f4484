// Timers over a real hub, its log and its death.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeServeWorld, type ServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;

beforeEach(async () => {
  world = await makeServeWorld();
});

afterEach(() => world.dispose());

interface Listed {
  readonly timers: ReadonlyArray<{
    id: string;
    state: string;
    last?: { state: string; n: number };
  }>;
}

it('a hub that is killed while timers fire has done the work of each once, and the next goes on', async () => {
  let serving = await world.serve();
  const titles = Array.from({ length: 24 }, (_, n) => `story ${n}`);
  for (const [n, title] of titles.entries())
    await serving.operator.command('timer.add', {
      // In three looks of the clock, so that some are done when it dies, and some are not.
      ...{ inMs: 1_000 + (n % 3) * 1_000, command: 'story.add', data: { title } },
    });
  const list = async () =>
    (await serving.operator.query<Listed>('timer.list', { all: true, limit: 100 })).timers;
  await waitFor('some to have fired', async () => {
    const fired = (await list()).filter(({ last }) => last !== undefined);
    return fired.length > 0 ? fired : 'none has fired';
  });
  await serving.kill('SIGKILL');
  serving = await world.serve();
  await waitFor('all to be done', async () => {
    const left = (await list()).filter(({ last }) => last?.state !== 'done');
    return left.length === 0 ? left : `${left.length} are not done`;
  });
  const timers = await list();
  expect(timers.map(({ state, last }) => [state, last?.n])).toEqual(titles.map(() => ['done', 1]));
  const { stories } = await serving.operator.query<{ stories: { title: string }[] }>('story.list', {
    limit: 100,
  });
  expect(stories.map(({ title }) => title).toSorted()).toEqual(titles.toSorted());
  expect(await serving.operator.query('log.verify')).toMatchObject({ ok: true });
});

import { expect, it } from 'vitest';
import { openBox } from '../../../../test/harness/hub.ts';
import { world } from '../../../../test/harness/hub-ports.ts';
import { PlayedProof } from '../../../../test/harness/played-proof.ts';
import { defineFeature } from '../../../../preload/contract/define.ts';
import type { TreeChange, TreeState } from '../../worktrees/index.ts';
import { feature } from '../../../hub/feature.ts';
import { startInFlight } from './in-flight.ts';

const at = (agent: string) => `/r.worktrees/${agent}`;
const lines = (n: number) => ({ start: n, end: n });
const content = { path: 'f', reason: 'content' } as const;
const contract = defineFeature({
  name: 'probe',
  commands: {},
  queries: {},
  events: {},
  records: {},
});

async function open(names: readonly string[], left: readonly (readonly [string, string])[] = []) {
  const played = world();
  const proof = new PlayedProof();
  const told: string[] = [];
  const { trees } = played.outside;
  const probe = feature(contract, {
    ...{ initial: {}, version: 1, commands: {}, queries: {}, reduce: {} },
    start: (life) =>
      startInFlight(
        life,
        { trees, proof },
        {
          seen: async ({ agents, files }) => {
            const at = files.map(({ path, ranges }) => path + JSON.stringify(ranges ?? ''));
            told.push(`seen ${agents} ${at}`);
          },
          gone: async (agents, why) => void told.push(`gone ${agents} ${why}`),
          open: () => left,
        },
      ),
  });
  const box = await openBox({ features: [...played.features, probe] });
  for (const name of names) await box.dispatch('agent.add', { name });
  const tell = async (
    agent: string,
    changes: Readonly<Record<string, TreeChange['kind']>>,
    { touched = 'all', ...state }: Partial<TreeState> & { touched?: 'all' | string[] } = {},
  ) => {
    const of = Object.entries(changes).map(
      ([path, kind]) => [path, { kind, isStaged: false }] as const,
    );
    trees.tell(at(agent), { head: 'c1', changes: new Map(of), ...state }, touched);
    await box.settle();
  };
  return { box, proof, told, tell, asked: () => proof.asked.splice(0) };
}

it('merges those pairs alone that changed the same, and tells what collides once', async () => {
  const { proof, told, tell, asked } = await open(['a', 'b', 'c']);
  proof.times.set(at('b'), 10);
  proof.say(at('a'), at('b'), {
    ...content,
    ranges: [[{ start: 1, end: 2 }], [{ start: 3, end: 3 }]],
  });
  for (const [agent, file] of [
    ['a', 'x'],
    ['b', 'f'],
    ['c', 'y'],
  ] as const)
    await tell(agent, { [file]: 'modified' }, { atMs: 10 });
  expect(asked()).toEqual([]);
  await tell('a', { x: 'modified', f: 'modified' }, { touched: ['f'], atMs: 30 });
  expect(asked()).toEqual([`${at('a')} ${at('b')}`]);
  // Who was first is named first, and its lines too.
  expect(told).toEqual(['seen b,a f[[{"start":3,"end":3}],[{"start":1,"end":2}]]']);
  await tell('a', { x: 'modified', f: 'modified' }, { touched: ['f'] });
  expect(asked()).toHaveLength(1);
  await tell('a', { x: 'modified', f: 'modified' }, { touched: ['x'] });
  expect(asked()).toEqual([]);
  expect(told).toHaveLength(1);
});

it('tells that it is over when it merges, when nobody has it any more, and when one is gone', async () => {
  const { box, proof, told, tell, asked } = await open(['a', 'b']);
  const collide = async () => {
    proof.say(at('a'), at('b'), content);
    for (const agent of ['a', 'b']) await tell(agent, { f: 'modified' }, { atMs: 1 });
    expect(told.splice(0)).toHaveLength(1);
  };
  await collide();
  proof.say(at('a'), at('b'));
  await tell('a', { f: 'modified' }, { touched: ['f'] });
  expect(told.splice(0)).toEqual(['gone a,b gone']);
  await collide();
  asked();
  await tell('b', {}, { touched: ['f'] });
  expect([told.splice(0), asked()]).toEqual([['gone a,b gone'], []]);
  await collide();
  await box.dispatch('agent.destroy', { agent: 'a' });
  await box.settle();
  expect(told).toEqual(['gone b,a agent-gone']);
  expect(proof.forgotten).toEqual([at('a')]);
});

it('a commit changes what is dirty and what is committed at once', async () => {
  const { proof, told, tell } = await open(['a', 'b']);
  proof.say(at('a'), at('b'), content);
  for (const agent of ['a', 'b']) await tell(agent, { f: 'modified' });
  proof.changed.set(at('a'), new Map([['f', 'modified']]));
  await tell('a', {}, { head: 'c2' });
  expect(told).toHaveLength(1);
  proof.changed.set(at('a'), new Map());
  await tell('a', {}, { head: 'c3' });
  expect(told[1]).toBe('gone a,b gone');
});

it('what was merged meanwhile into one of them is not between the two', async () => {
  const { proof, told, tell } = await open(['a', 'b']);
  proof.say(at('a'), at('b'), { path: 'g', reason: 'content' });
  await tell('a', { f: 'modified', g: 'modified' });
  await tell('b', { f: 'modified' });
  expect(told).toEqual([]);
});

it('what its target has by now is looked at where an agent changed the same, and told of that agent', async () => {
  const { box, proof, told, tell, asked } = await open(['a', 'b'], [['refs/heads/main', 'b']]);
  proof.ahead.set(at('a'), new Map([['d/f', 'modified']]));
  proof.say(at('a'), 'refs/heads/main', {
    ...content,
    path: 'd/f',
    ranges: [[lines(1)], [lines(7)]],
  });
  await tell('a', { g: 'modified' });
  await tell('b', { g: 'modified' });
  expect([asked(), told.splice(0)]).toEqual([
    [`${at('a')} ${at('b')}`],
    // It was there before its agent was.
    ['gone refs/heads/main,b agent-gone'],
  ]);
  await tell('a', { g: 'modified', 'd/f': 'modified' }, { touched: ['d/f'] });
  const seen = 'seen refs/heads/main,a d/f[[{"start":7,"end":7}],[{"start":1,"end":1}]]';
  expect([asked(), told.splice(0)]).toEqual([[`${at('a')} refs/heads/main`], [seen]]);
  // It took that in.
  proof.ahead.delete(at('a'));
  await tell('a', { 'd/f': 'modified' }, { head: 'c2' });
  expect(told.splice(0)).toEqual(['gone refs/heads/main,a gone']);
  proof.ahead.set(at('b'), new Map([['d', 'added']]));
  proof.say(at('b'), 'refs/heads/main', { path: 'd', reason: 'directory-file' });
  await tell('b', { 'd/n': 'untracked' }, { head: 'c2' });
  await box.dispatch('agent.destroy', { agent: 'b' });
  await box.settle();
  expect(told).toEqual(['seen refs/heads/main,b d""', 'gone refs/heads/main,b agent-gone']);
});

it('what is written while a pair is looked at is looked at after it, once', async () => {
  const { box, proof, tell, asked } = await open(['a', 'b']);
  let go = (): void => undefined;
  proof.gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  for (const agent of ['a', 'b']) await tell(agent, { f: 'modified' });
  for (let n = 0; n < 5; n++) await tell('a', { f: 'modified' }, { touched: ['f'] });
  expect(asked()).toHaveLength(1);
  go();
  await box.settle();
  expect(asked()).toHaveLength(1);
});

it('what is not known says nothing, keeps what was said, and is asked again three times', async () => {
  const { box, proof, told, tell, asked } = await open(['a', 'b']);
  proof.say(at('a'), at('b'), content);
  for (const agent of ['a', 'b']) await tell(agent, { f: 'modified' });
  proof.sayUnknown(at('a'), at('b'), 'the object is damaged');
  await tell('a', { f: 'modified' }, { touched: ['f'] });
  asked();
  for (const ms of [5_000, 30_000, 120_000, 600_000]) await box.advance(ms);
  expect(asked()).toHaveLength(3);
  expect(told).toHaveLength(1);
  expect(box.logged.filter(({ message }) => /is not known/.test(message))).toMatchObject([
    { fields: { reason: 'the object is damaged' } },
  ]);
});

it('what an earlier life left open is looked at again, in its order', async () => {
  const { proof, told, tell } = await open(
    ['a', 'b', 'c'],
    [
      ['b', 'a'],
      ['c', 'a'],
      ['x', 'a'],
    ],
  );
  expect(told.splice(0).sort()).toEqual([
    'gone b,a agent-gone',
    'gone c,a agent-gone',
    'gone x,a agent-gone',
  ]);
  proof.times.set(at('b'), 5).set(at('a'), 7);
  proof.say(at('a'), at('b'), content);
  for (const agent of ['a', 'b', 'c']) await tell(agent, { f: 'modified' });
  expect(told).toEqual(['seen b,a f""']);
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  lineStages,
  legalTransitions,
  sayLegal,
  type Standing,
  type StoryMover,
  storyStages,
  storyTransitions,
  storyTypes,
  type StoryTransition,
  targetOf,
  transitionTo,
} from '../../../preload/contract/story-stages.ts';

const movers: readonly StoryMover[] = ['operator', 'system', 'owner'];
const sides = ['blocked', 'held', 'frozen'] as const;

const standings: readonly Standing[] = storyTypes.flatMap((type) => [
  ...storyStages
    .filter((stage) => !sides.some((one) => one === stage))
    .map((stage) => ({ stage, type })),
  ...sides.flatMap((stage) => lineStages.map((over) => ({ stage, over, type }))),
]);

it('what leads from one stage to another is never ambiguous for a mover', () => {
  for (const standing of standings)
    for (const mover of movers) {
      const targets = legalTransitions(standing, mover).map((one) => targetOf(one, standing));
      const twice = targets.filter((one, at) => targets.indexOf(one) !== at);
      // A spike is concluded or closed: both end done, the first offered is the one for it.
      const allowed = standing.type === 'spike' && standing.stage === 'qa' ? ['done'] : [];
      expect(twice, JSON.stringify([standing, mover])).toEqual(
        twice.filter((one) => allowed.includes(one)),
      );
    }
});

it('only what is archived has no way on, and every stage can be reached', () => {
  const ends = standings.filter((one) =>
    movers.every((mover) => legalTransitions(one, mover).length === 0),
  );
  expect(new Set(ends.map(({ stage }) => stage))).toEqual(new Set(['archived']));
  const reached = new Set<string>(['backlog']);
  for (const standing of standings)
    for (const mover of movers)
      for (const one of legalTransitions(standing, mover)) reached.add(targetOf(one, standing));
  expect(storyStages.filter((stage) => !reached.has(stage))).toEqual([]);
});

it('an agent may submit, block and mend, and nothing else', () => {
  const names = standings.flatMap((one) => legalTransitions(one, 'owner').map(({ name }) => name));
  expect([...new Set(names)].sort()).toEqual(['block', 'mend', 'submit']);
});

it.each([
  [{ stage: 'coding', type: 'story' }, 'owner', 'submit (to qa), block (to blocked)'],
  [
    { stage: 'blocked', over: 'qa', type: 'bug' },
    'system',
    'unblock (to qa), abandon (to abandoned)',
  ],
  [{ stage: 'archived', type: 'story' }, 'operator', 'nothing'],
] as const)('%j may, as %s: %s', (standing, mover, said) => {
  expect(sayLegal(standing, mover)).toBe(said);
});

it('a drop on a stage takes the transition that leads there', () => {
  const held = { stage: 'held', over: 'qa', type: 'story' } as const;
  const name = (to: (typeof storyStages)[number]) => transitionTo(held, to, 'operator')?.name;
  expect([name('qa'), name('merge'), name('coding'), name('done')]).toEqual([
    ...['release', 'approve', 'reject', undefined],
  ]);
});

function toRow({ name, from, to, who, needs = [], over, types, why }: StoryTransition): string {
  const only = [
    ...(over === undefined ? [] : [`was ${over.join(', ')}`]),
    ...(types === undefined ? [] : [`a ${types.join(', ')}`]),
    ...(needs.length === 0 ? [] : [`needs ${needs.join(', ')}`]),
  ];
  const cells = [`\`${name}\``, from.join(', '), to, who.join(', '), only.join('; '), why];
  return `| ${cells.join(' | ')} |`;
}

it('the page says the same as the table', () => {
  const file = new URL('README.md', import.meta.url);
  const page = readFileSync(file, 'utf8');
  const rows = [
    '| transition | from | to | who | only where | when |',
    '| --- | --- | --- | --- | --- | --- |',
    ...storyTransitions.map(toRow),
  ].join('\n');
  const there = /<!-- transitions[^>]*-->\n([\s\S]*?)\n?<!-- end -->/.exec(page)?.[1];
  expect(there).toBe(rows);
});

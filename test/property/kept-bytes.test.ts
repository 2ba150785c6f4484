import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileSpec, TestRepository } from '../harness/repositories.ts';
import { rounds } from '../harness/rounds.ts';
import { makeTemplate, Place } from './kept-bytes-place.ts';

const oddNames = process.platform === 'win32' ? [] : ['new\nline', ':(glob)*', '-x'];
const files = [
  'readme.md',
  'src/a.txt',
  'src/deep/b.txt',
  'new.txt',
  'tool.sh',
  'src',
  ...oddNames,
];
const name = fc.constantFrom(...files);
const text = fc.string({ maxLength: 12, unit: 'binary' });
const commit = ['commit', '-q', '--no-verify', '--allow-empty', '-m', 'work'];
const add = ['add', '-A'];

/** What an agent does with git, its own mishaps too. */
const commands: readonly (readonly (readonly string[])[])[] = [
  [add],
  [add, commit],
  [['reset', '-q']],
  [add, [...commit, '--amend']],
  [['checkout', '-q', '-B', 'topic']],
  [['checkout', '-q', '--detach'], commit],
  [['checkout', '-q', 'agent/ada']],
  [['reset', '-q', '--hard']],
  [['reset', '-q', '--hard', 'HEAD~1']],
  [['stash', '-q', '--include-untracked']],
  [['clean', '-fdq']],
  [['rm', '-rq', '--cached', '--ignore-unmatch', 'src']],
  [['update-index', '--assume-unchanged', 'readme.md']],
  [['mv', '-k', 'readme.md', 'moved.md']],
];

const lanes = rounds(2, 4);

type Act = (place: Place) => Promise<void>;
const act = (run: Act, said: string): Act => Object.assign(run, { toString: () => said });

const written: fc.Arbitrary<Act> = fc
  .tuple(
    name,
    fc.oneof(
      text,
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom<FileSpec>('', 'a\r\nb\r\n', { run: 'x\n' }, { link: 'src/a.txt' }, null),
    ),
  )
  .map(([file, spec]) => act((place) => place.write({ [file]: spec }), `write ${file}`));

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: written },
    {
      weight: 5,
      arbitrary: fc
        .constantFrom(...commands)
        .map((all) => act((place) => place.git(all), all.map((one) => one.join(' ')).join('; '))),
    },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom('exit', 'timer', 'asked')
        .map((why) => act((place) => place.keep(why as 'exit'), `keep ${why}`)),
    },
    { weight: 1, arbitrary: fc.constant(act((place) => place.destroy(), 'destroy')) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('revive', 'anew')
        .map((how) => act((place) => place.begin(how as 'anew'), `begin ${how}`)),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.nat(6), fc.constantFrom(undefined, ['src'], ['readme.md', 'new.txt']))
        .map(([n, paths]) => act((place) => place.restore(n, paths), `restore ${n} ${paths}`)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('destroy', 'restore', 'keep'), fc.integer({ min: 1, max: 60 }))
        .map(([work, calls]) =>
          act((place) => place.killedIn(work as 'keep', calls), `${work} killed after ${calls}`),
        ),
    },
    { weight: 1, arbitrary: fc.constant(act((place) => place.loseFolder(), 'lose the folder')) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(1, 5, 40, 120)
        .map((days) => act((place) => place.sweep(days), `${days} days pass`)),
    },
  ),
  { minLength: 4, maxLength: 10 },
);

let template: TestRepository;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.dispose());

it('no byte that was there when a program ended, by time, or before anything is taken away is ever out of reach', async () => {
  let looked = 0;
  const property = fc.asyncProperty(steps, async (all) => {
    const place = await Place.open(template);
    try {
      for (const step of all) {
        await step(place);
        place.nowMs += 1_000;
      }
      looked += await place.expectAll();
    } finally {
      await place.dispose();
    }
  });
  // Each waits for git nearly all of its time, so several go on beside one another.
  const numRuns = rounds(6, 2_000) / lanes;
  const asserted = Array.from({ length: lanes }, () =>
    fc.assert(property, { numRuns, endOnFailure: true }),
  );
  await Promise.all(asserted);
  expect(looked).toBeGreaterThan(10);
});

import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitsIn, parseSearch } from '../../preload/contract/search-text.ts';
import type { SearchEngine } from '../../main/adapters/sqlite/search-engine.ts';
import type { FindAsk } from '../../main/hub/feature.ts';
import { newLogPath, openLog } from '../harness/hub-files.ts';
import { rounds } from '../harness/rounds.ts';
import { type Said, say } from '../harness/said.ts';
import { findAll, openEngine, openEngineAlone } from '../harness/search.ts';

const people = ['operator', 'a', 'b', 'c'];
const words = [
  'schema',
  'Schéma',
  'tests',
  'are',
  'green',
  '数据库',
  'データ',
  'db/x.sql',
  '🚀',
  '(',
];

const text = fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((some) => some.join(' '));

const said: fc.Arbitrary<Said> = fc
  .record({
    from: fc.constantFrom(...people),
    others: fc.subarray(people),
    isToAll: fc.boolean(),
    body: text,
    back: fc.option(fc.integer({ min: -3, max: 12 }), { nil: undefined }),
    isAsked: fc.boolean(),
  })
  .map(({ from, others, isToAll, body, back, isAsked }) => {
    const recipients = others.filter((one) => one !== from);
    const to = isToAll ? '*' : recipients;
    return isAsked && back === undefined
      ? { from, to, recipients, body, type: 'test.asked' }
      : { from, to, recipients, body, re: back };
  });

const some = fc.option(fc.constantFrom(...people, 'nobody'), { nil: undefined });
const ask = fc.record({
  isForward: fc.boolean(),
  at: fc.integer({ min: 0, max: 50 }),
  limit: fc.integer({ min: 1, max: 7 }),
  from: some,
  to: fc.oneof(some, fc.constant('*')),
  agent: some,
  isSent: fc.boolean(),
  types: fc.option(fc.subarray(['message.sent', 'test.asked'], { minLength: 1 }), {
    nil: undefined,
  }),
  thread: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  among: fc.option(fc.subarray([1, 2, 3, 5, 8, 13, 21, 34]), { nil: undefined }),
  text: fc.option(
    fc
      .array(fc.constantFrom(...words, '"tests are"', 'sch*', 'データ*', '据', '"', '*'), {
        maxLength: 2,
      })
      .map((all) => all.join(' ')),
    { nil: undefined },
  ),
});

/** By hand, over all that was said: number n is the n-th. */
function naive(all: readonly Said[], wanted: FindAsk): number[] {
  const rootOf = (seq: number): number => {
    const re = all[seq - 1]?.re;
    return re === undefined || re >= seq ? seq : rootOf(re);
  };
  const terms = parseSearch(wanted.text ?? '');
  const fitting = (one: Said, seq: number): boolean =>
    (wanted.from === undefined || one.from === wanted.from) &&
    (wanted.to === undefined ||
      one.recipients.includes(wanted.to) ||
      (wanted.to === '*' && one.to === '*' && one.type === undefined)) &&
    (wanted.agent === undefined || [one.from, ...one.recipients].includes(wanted.agent)) &&
    (wanted.isSent !== true ||
      one.recipients.length > 0 ||
      (one.to === '*' && one.type === undefined)) &&
    (wanted.types?.includes(one.type ?? 'message.sent') ?? true) &&
    (wanted.among?.includes(seq) ?? true) &&
    (wanted.thread === undefined || rootOf(seq) === rootOf(wanted.thread)) &&
    hitsIn(one.body, terms) !== undefined &&
    seq > (wanted.after ?? 0) &&
    seq < (wanted.before ?? Infinity);
  return all.flatMap((one, index) => (fitting(one, index + 1) ? [index + 1] : []));
}

it('FIND-1: what is found is what fits, however much of it is in the index', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(said, { minLength: 1, maxLength: 40 }),
      fc.nat({ max: 40 }),
      fc.array(ask, { minLength: 10, maxLength: 10 }),
      async (drawn, indexed, asks) => {
        const all = drawn.map((one, index) =>
          one.re === undefined ? one : { ...one, re: Math.max(1, index + 1 - one.re) },
        );
        const file = await newLogPath();
        const store = await openLog(file);
        say(store, all.slice(0, indexed));
        const { engine, close } = await openEngineAlone(file);
        while (engine.behind() > 0) engine.step();
        say(store, all.slice(indexed));
        for (const { isForward, at, ...filters } of asks) {
          const wanted = { ...filters, [isForward ? 'after' : 'before']: at };
          expect(findAll(engine, wanted).seqs, JSON.stringify(wanted)).toEqual(naive(all, wanted));
        }
        close();
        await store.close();
        // Thousands of logs are too much to be kept until the end.
        await rm(dirname(file), { recursive: true });
      },
    ),
    { numRuns: rounds(25, 5_000) },
  );
});

describe('FIND-3: whatever is typed', () => {
  const bodies = [
    'tests are green',
    'a "quoted" (word) NEAR here',
    '数据库は速い',
    'ÅÄÖ x*y ^z -w',
  ];
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom(
        '"',
        '*',
        '(',
        ')',
        '^',
        '-',
        ':',
        '{',
        '+',
        ' ',
        'NEAR',
        'AND',
        'OR',
        'NOT',
        'a',
        '据',
        '\0',
        "'",
      ),
      maxLength: 60,
    }),
  );

  it('is words: no error, and the same hits from the index as from the log', async () => {
    const [file, other] = [await newLogPath(), await newLogPath()];
    const engines: SearchEngine[] = [];
    for (const place of [file, other]) {
      const store = await openLog(place);
      const engine = await openEngine(place);
      say(
        store,
        bodies.map((body) => ({ from: 'a', to: 'b', recipients: ['b'], body })),
      );
      if (place === file) engine.step();
      engines.push(engine);
    }
    fc.assert(
      fc.property(typed, (text) => {
        const terms = parseSearch(text);
        const expected = bodies.flatMap((body, at) => (hitsIn(body, terms) ? [at + 1] : []));
        for (const engine of engines)
          expect(engine.find({ limit: 9, text }).seqs).toEqual(expected);
      }),
      { numRuns: rounds(1_000, 200_000) },
    );
  });
});

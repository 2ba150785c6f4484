import { expect, it } from 'vitest';
import { type Draft, emptyDraft, parseSpan, toAsked, toDraft } from './timer-form.ts';

const draft = (some: Partial<Draft>): Draft => ({ ...emptyDraft, ...some });
const tell = { what: 'tell', agent: 'a', text: 'look' } as const;

it.each<[Partial<Draft>, unknown]>([
  [{}, undefined],
  [
    { ...tell, at: 'in 2h' },
    { when: { inMs: 7_200_000 }, action: { prompt: 'look', to: 'a' } },
  ],
  [
    { ...tell, at: '17:30' },
    { when: { at: '17:30' }, action: { prompt: 'look', to: 'a' } },
  ],
  [{ ...tell, agent: '', at: '17:30' }, undefined],
  [
    { ...tell, when: 'every', every: '1d', first: '02:00' },
    { when: { everyMs: 86_400_000, at: '02:00' }, action: { prompt: 'look', to: 'a' } },
  ],
  [
    { what: 'start', text: 'update', when: 'cron', cron: '0 9 * * *', zone: 'UTC' },
    { when: { cron: '0 9 * * *', zone: 'UTC' }, action: { prompt: 'update', profile: 'claude' } },
  ],
  [
    { what: 'command', command: 'queue.hold', data: '{"target":"main"}', at: '2h' },
    { when: { inMs: 7_200_000 }, action: { command: 'queue.hold', data: { target: 'main' } } },
  ],
  [
    { what: 'remind', text: 'look', at: '2h' },
    { when: { inMs: 7_200_000 }, action: {} },
  ],
  [{ what: 'remind', text: ' ', at: '2h' }, undefined],
  [
    { what: 'command', command: 'queue.hold', data: '[1]', at: '2h' },
    { fault: { field: 'data', message: 'It is no JSON object.' } },
  ],
  [
    { ...tell, when: 'every', every: 'often' },
    { fault: { field: 'every', message: 'Write a span such as 30m, 2h or 1d, not “often”.' } },
  ],
])('%j', (some, asked) => {
  expect(toAsked(draft(some))).toEqual(asked);
});

it('reads spans', () => {
  expect(['30m', '1h30m', '2 h', 'x', '5', ''].map(parseSpan)).toEqual([
    ...[1_800_000, 5_400_000, 7_200_000, undefined, undefined, undefined],
  ]);
});

it('a timer that is changed begins with what it says', () => {
  const rest = { id: 't-1', owner: 'operator', does: '', state: 'active' } as const;
  const counts = { fired: 0, failures: 0, addedMs: 0 };
  const timer = {
    ...{ ...rest, ...counts },
    schedule: { kind: 'interval', everyMs: 5_400_000, fromMs: 0 },
    action: { kind: 'command', type: 'queue.hold', data: { target: 'main' } },
  } as const;
  expect(toAsked(toDraft(timer))).toEqual({
    when: { everyMs: 5_400_000 },
    action: { command: 'queue.hold', data: { target: 'main' } },
  });
});

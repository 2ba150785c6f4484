import { expect, it } from 'vitest';
import { eventDefs } from '../../../preload/contract/features.ts';
import type { TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { triggers } from '../../../preload/contract/triggers.ts';
import {
  blankForm,
  commonEvents,
  fieldOf,
  parseCooldown,
  problemsOf,
  sayDuration,
  toAddData,
  toEditData,
  toForm,
  toTest,
} from './trigger-form.ts';

const filled = { ...blankForm, on: 'story.moved, agent.*', prompt: 'look' };

it('every event that is suggested exists', () => {
  const types = [...eventDefs.keys()];
  for (const one of commonEvents)
    expect([
      one,
      types.some(
        (type) => type === one || (one.endsWith('*') && type.startsWith(one.slice(0, -1))),
      ),
    ]).toEqual([one, true]);
});

it.each<[string, number | undefined]>([
  ['', 0],
  ['10m', 600_000],
  ['1h 30m', 5_400_000],
  ['1d', 86_400_000],
  ['ten', undefined],
  ['10', undefined],
])('a cool-down of %j is %s', (text, ms) => expect(parseCooldown(text)).toBe(ms));

it('a duration reads back as it is said', () => {
  for (const ms of [1_000, 61_000, 5_400_000, 90_061_000])
    expect(parseCooldown(sayDuration(ms))).toBe(ms);
});

it('says what is missing, by field', () => {
  expect(Object.keys(problemsOf(blankForm))).toEqual(['on', 'prompt']);
  const wrong = {
    ...filled,
    cooldown: 'x',
    perMinute: '-1',
    doing: 'command',
    data: '[]',
  } as const;
  expect(Object.keys(problemsOf(wrong))).toEqual(['cooldown', 'perMinute', 'command', 'data']);
  expect(problemsOf(filled)).toEqual({});
});

it('what it means is what the hub takes', () => {
  const forms = [
    filled,
    { ...filled, doing: 'command', command: 'story.hold', data: '{"story": "s-1"}' },
    { ...filled, doing: 'webhook', webhook: 'https://x.example' },
    { ...filled, to: 'a', stage: 'qa', path: 'src/', where: 'true', cooldown: '5m', once: true },
  ] as const;
  for (const form of forms)
    expect(triggers.commands['trigger.add'].data.safeParse(toAddData(form)).error).toBeUndefined();
  expect(
    triggers.queries['trigger.test'].data.safeParse(toTest(filled, 'tr-1')).error,
  ).toBeUndefined();
  expect(toTest(blankForm, undefined)).toBeUndefined();
});

it('a trigger comes into the form and back; what is emptied is cleared', () => {
  const trigger: TriggerRecord = {
    ...{ id: 'tr-1', name: 'x', on: ['story.moved'], path: 'src/**', where: 'true', once: true },
    ...{ cooldownMs: 60_000, perMinute: 5, state: 'armed', addedMs: 0, fired: 0, failures: 0 },
    ...{
      action: { kind: 'command', type: 'story.hold', data: { story: 's-1' } },
      does: 'story hold s-1',
    },
  };
  const form = toForm(trigger);
  expect(toEditData(form, trigger)).toMatchObject({
    ...{ trigger: 'tr-1', clear: [], path: 'src/**', cooldownMs: 60_000, perMinute: 5, once: true },
    ...{ command: 'story.hold', data: { story: 's-1' } },
  });
  expect(toEditData({ ...form, path: '', where: ' ' }, trigger).clear).toEqual(['path', 'where']);
});

it.each([
  [{ code: 'TRIGGER_EXPRESSION_INVALID' }, 'where'],
  [{ code: 'BODY_INVALID', details: { path: 'on.0' } }, 'on'],
  [{ code: 'BODY_INVALID', details: { path: 'cooldownMs' } }, 'cooldown'],
  [{ code: 'BODY_INVALID', details: { path: 'elsewhere' } }, undefined],
  [{ code: 'TRIGGER_LIMIT' }, undefined],
])('%j is about %s', (error, field) => expect(fieldOf(error)).toBe(field));

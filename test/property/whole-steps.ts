// What may happen to a whole pipeline, at random: commands, what agents, gates and merges do, the clock, and deaths of the hub.

import fc from 'fast-check';
import { type Meanwhile, meanwhileVerbs } from './whole-meanwhile.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export type Step =
  | { does: 'add'; word: string; review: string; profile?: string | undefined; on?: number }
  | { does: 'edit'; story: number; on: number; title: string }
  | { does: 'move'; story: number; to: string }
  /** By one of the ways that are open to it. */
  | { does: 'go'; story: number; way: number }
  | { does: 'side'; story: number; verb: string }
  | { does: 'assign'; story: number; agent: string }
  | { does: 'supersede'; story: number; by: number }
  | { does: 'switch'; verb: 'start' | 'pause' }
  /** `pick`: of those that run. */
  | { does: 'commit'; pick: number }
  | { does: 'submit'; pick: number; isNew: boolean }
  /** It submits new work, and its gates are green: how it ends is up to the merge. */
  | { does: 'land'; pick: number }
  | { does: 'exit'; pick: number; code: number | null; isNew: boolean; isAway: boolean }
  | { does: 'agent'; pick: number; verb: string }
  | { does: 'review'; pick: number; verdict: string }
  | { does: 'gates'; code: number | null }
  | { does: 'merges'; how: string }
  | { does: 'decide'; isNo: boolean }
  | { does: 'refuse'; is: boolean }
  | { does: 'timer'; verb: string; timer: number; everyMs: number; when: string; what: string }
  | { does: 'trigger'; verb: string; trigger: number; on: string; once: boolean; what: string }
  | { does: 'wait'; byMs: number }
  /** Of the whole machine. */
  | { does: 'sleep'; byMs: number }
  | { does: 'jump'; byMs: number }
  | { does: 'crash' }
  | ({ does: 'meanwhile' } & Meanwhile)
  /** The clock comes to what is due next, or the word is said that a trigger waits for; perhaps the hub dies of it. */
  | { does: 'due'; pick: number; left: number | undefined; isDone: boolean }
  | { does: 'match'; pick: number; left: number | undefined; isDone: boolean }
  /** At that commit, or deed outside, from here; before it, or right after. */
  | { does: 'die'; at: 'commit' | 'deed'; left: number; isDone: boolean };

const words = ['x', 'y', 'z'] as const;
const word = fc.constantFrom(...words);
const story = fc.integer({ min: 1, max: 5 });
const pick = fc.nat(5);

type Parts<K extends Step['does']> = {
  [Key in keyof Omit<Extract<Step, { does: K }>, 'does'>]: fc.Arbitrary<
    Extract<Step, { does: K }>[Key]
  >;
};

function some<K extends Step['does']>(weight: number, does: K, parts: Parts<K>) {
  const arbitrary = fc.record({ does: fc.constant(does), ...parts }) as fc.Arbitrary<Step>;
  return { weight, arbitrary };
}

export const stages = [
  ...['backlog', 'coding', 'qa', 'merge', 'merge_failed', 'done', 'archived'],
  ...['blocked', 'held', 'frozen', 'abandoned'],
];
const sides = ['hold', 'release', 'block', 'unblock', 'freeze', 'unfreeze'] as const;

/** What a timer or a trigger is for: a command, an agent of its own with a story, or a word to one that is there. */
const what = fc.constantFrom('command', 'command', 'begin', 'tell');

const death = { left: fc.option(fc.nat(5), { nil: undefined }), isDone: fc.boolean() };

const failures = ['MERGE_CONFLICTED', 'MERGE_CONFLICTED', 'TARGET_MOVED', 'COMMIT_EMPTY'] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  some(4, 'add', {
    word,
    review: fc.constantFrom('gates', 'gates', 'agent', 'human'),
    profile: fc.constantFrom(undefined, undefined, 'codex'),
    on: story,
  }),
  some(2, 'edit', { story, on: story, title: word }),
  some(6, 'move', { story, to: fc.constantFrom(...stages, 'coding') }),
  some(8, 'go', { story, way: fc.nat(11) }),
  some(5, 'side', { story, verb: fc.constantFrom(...sides) }),
  some(2, 'side', { story, verb: fc.constantFrom('abandon', 'unassign') }),
  some(5, 'assign', { story, agent: fc.constantFrom('mine', 'other') }),
  some(1, 'supersede', { story, by: story }),
  some(2, 'switch', { verb: fc.constantFrom('start', 'start', 'pause') }),
  some(3, 'commit', { pick }),
  some(5, 'submit', { pick, isNew: fc.constantFrom(true, true, false) }),
  some(6, 'land', { pick }),
  some(6, 'exit', {
    pick,
    code: fc.constantFrom(0, 0, 1, null),
    isNew: fc.boolean(),
    isAway: fc.boolean(),
  }),
  some(3, 'agent', {
    pick,
    verb: fc.constantFrom('stop', 'start', 'pause', 'resume', 'destroy'),
  }),
  some(2, 'review', { pick, verdict: fc.constantFrom('pass', 'pass', 'fail') }),
  some(8, 'gates', { code: fc.constantFrom(0, 0, 0, 0, 0, 1, null) }),
  some(3, 'merges', {
    how: fc.constantFrom('fine', ...failures, ...failures),
  }),
  some(3, 'decide', { isNo: fc.boolean() }),
  some(1, 'refuse', { is: fc.boolean() }),
  some(4, 'timer', {
    verb: fc.constantFrom('add', 'add', 'edit', 'pause', 'resume', 'run', 'rest', 'remove'),
    timer: fc.integer({ min: 1, max: 4 }),
    everyMs: fc.constantFrom(7 * minuteMs, 60 * minuteMs, dayMs),
    when: fc.constantFrom('every', 'every', 'once', 'once', 'cron'),
    what,
  }),
  some(3, 'trigger', {
    verb: fc.constantFrom('add', 'add', 'pause', 'resume', 'remove'),
    trigger: fc.integer({ min: 1, max: 3 }),
    on: fc.constantFrom('x', 'y', 'coding', 'coding', 'qa', 'done'),
    once: fc.boolean(),
    what,
  }),
  some(4, 'wait', { byMs: fc.constantFrom(1_000, minuteMs, 11 * minuteMs) }),
  some(2, 'sleep', { byMs: fc.constantFrom(31 * minuteMs, 5 * 60 * minuteMs) }),
  some(2, 'jump', {
    byMs: fc.oneof(
      fc.integer({ min: -2 * dayMs, max: 2 * dayMs }),
      fc.constantFrom(-2 * dayMs, 2 * dayMs, -30_000),
    ),
  }),
  some(2, 'crash', {}),
  some(4, 'meanwhile', {
    verb: fc.constantFrom(...meanwhileVerbs),
    at: fc.constantFrom('ready', 'merge', 'any', 'any'),
    left: fc.nat(12),
  }),
  some(5, 'due', { pick, ...death }),
  some(4, 'match', { pick, ...death }),
  some(7, 'die', {
    at: fc.constantFrom('commit', 'deed'),
    left: fc.nat(9),
    isDone: fc.boolean(),
  }),
);

export const steps = fc.array(step, { maxLength: 50, size: 'max' });

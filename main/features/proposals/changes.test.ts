import { expect, it } from 'vitest';
import { playedCheck } from '../../../test/harness/played-config.ts';
import { changesBetween } from './changes.ts';
import { hasHidden, textProblem } from './text-rules.ts';
import { warningOf } from './warnings.ts';

const between = (before: string, after: string) =>
  changesBetween(playedCheck.check(before).values, playedCheck.check(after).values);
const said = (before: string, after: string) =>
  between(before, after).changes.map(({ key, from = '-', to = '-', warning = '' }) =>
    `${key}: ${from} > ${to} ${warning}`.trim(),
  );

const gate = (name: string, command = '["npm", "test"]') =>
  `[[gates]]\nname = "${name}"\ncommand = ${command}\n`;

it('says each key with its old and new value, what to be wary of first', () => {
  const before = '[worktrees]\npool = 1\nfetch = true\n[review]\nstrategy = "merge"\n';
  const after = '[worktrees]\npool = 2\nsetup = [["npm", "ci"]]\n[review]\nstrategy = "merge"\n';
  expect(said(before, after)).toEqual([
    'worktrees.setup: - > [["npm","ci"]] runs a command on your machine',
    'worktrees.pool: 1 > 2',
    'worktrees.fetch: true > -',
  ]);
});

it('a gate is known by its name, wherever it stands, and taking one away is no small thing', () => {
  expect(said(gate('a') + gate('b'), gate('b') + gate('a'))).toEqual([]);
  expect(said(gate('a') + gate('b'), gate('b', '["true"]'))).toEqual([
    'gates.b.command: ["npm","test"] > ["true"] runs a command on your machine',
    'gates.a.command: ["npm","test"] > - changes what a merge has to pass',
  ]);
  expect(said(gate('a'), `${gate('a')}required = false\n`)).toEqual([
    'gates.a.required: - > false changes what a merge has to pass',
  ]);
});

it('comments and spelling change no key; a long value is cut, and a dangerous one is never cut off by many others', () => {
  expect(between('a = 1 # one', 'a = 0x1')).toEqual({ changes: [], changeCount: 0 });
  const many = Array.from({ length: 300 }, (_, n) => `k${n} = ${n}`).join('\n');
  const harmless = `[watchdog.profiles]\n${Array.from({ length: 150 }, (_, n) => `p${n}.kick = "never"`).join('\n')}\n`;
  const { changes, changeCount } = between('', `${harmless}[review]\npush = "${'x'.repeat(900)}"`);
  expect([changes.length, changeCount, changes[0]?.key]).toEqual([100, 151, 'review.push']);
  expect(changes[0]?.to).toHaveLength(300);
  expect(between('', many).changeCount).toBe(300);
});

it.each([
  ['worktrees.teardown', 'runs a command'],
  ['editor.command', 'runs a command'],
  ['gates.x.env.PATH', 'runs a command'],
  ['gates.x.paths', 'what a merge has to pass'],
  ['review.gates', 'what a merge has to pass'],
  ['profiles.x.program', 'runs a command'],
  ['profiles.x.env.LD_PRELOAD', 'runs a command'],
  ['profiles.x.wakeable', 'types into a terminal'],
  ['review.push', 'to a remote'],
  ['worktrees.fetch', 'network'],
  ['limits.turns', 'how much agents may use'],
  ['limits.profiles.x.turns', 'how much agents may use'],
  ['snapshots.max_mb', 'kept'],
  // Nobody rated these: what is new is not waved through.
  ['review.delegate', 'not known to be harmless'],
  ['brand.new.table', 'not known to be harmless'],
])('%s is said to be dangerous', (key, words) => {
  expect(warningOf({ path: key.split('.'), isRemoved: false })).toContain(words);
});

it.each(['worktrees.pool', 'review.strategy', 'watchdog.kick', 'profiles.x.title'])(
  '%s is harmless',
  (key) => {
    expect(warningOf({ path: key.split('.'), isRemoved: false })).toBeUndefined();
  },
);

it.each([
  ['plain = "ü 漢"\r\n\tb = 1\n', undefined],
  ['a = 1\nb = "\u001b[2J"', 'there is a control character in line 2'],
  ['a = 1\rb = 2', 'there is a control character in line 1'],
  ['a = "\u0085"', 'there is a control character in line 1'],
  ['a = "\ud800"', 'it is no Unicode text'],
  ['x'.repeat(65_537), 'it has 65537 bytes, more than 65536'],
  ['漢'.repeat(30_000), 'it has 90000 bytes, more than 65536'],
])('of %j: %s', (text, problem) => {
  expect(textProblem(text)).toBe(problem);
});

it('what cannot be seen, or turns the direction around, is noticed', () => {
  for (const mark of ['\u202e', '\u200b', '\u2066', '\ufeff', '\u{e0041}'])
    expect(hasHidden(`a = "${mark}x"`)).toBe(true);
  expect(hasHidden('a = "ü 漢 עברית"\n')).toBe(false);
});

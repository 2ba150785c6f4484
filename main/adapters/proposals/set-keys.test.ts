import { expect, it } from 'vitest';
import { setKeys } from './set-keys.ts';

const set = (text: string, ...sets: string[]) => {
  const done = setKeys(text, sets);
  return done.ok ? done.value : `${done.error.code}: ${done.error.message}`;
};

const gates = '[[gates]]\nname = "a"\ncommand = ["x"]\n\n[[gates]]\nname = "b"\ncommand = ["y"]\n';

it.each([
  ['', 'worktrees.pool=2', '[worktrees]\npool = 2\n'],
  [
    '# ours\n[worktrees]\n# how many\npool = 1 # few\n',
    'worktrees.pool=2',
    '# ours\n[worktrees]\n# how many\npool = 2 # few\n',
  ],
  ['[worktrees]\nfetch = true\n', 'worktrees.pool=2', '[worktrees]\nfetch = true\npool = 2\n'],
  ['[review]\nstrategy = "merge"\n', 'review.strategy=squash', '[review]\nstrategy = "squash"\n'],
  [
    '[worktrees]\nsetup = [\n  ["npm", "ci"],\n]\npool = 1\n',
    'worktrees.setup=[["make"]]',
    '[worktrees]\nsetup = [\n  ["make"],\n]\npool = 1\n',
  ],
  ['worktrees = { pool = 1 }\n', 'worktrees.pool=2', 'worktrees = { pool = 2 }\n'],
  [
    '[review]\r\nparallel_gates = 1\r\n',
    'review.parallel_gates=2',
    '[review]\r\nparallel_gates = 2\r\n',
  ],
  [gates, 'gates.b.required=false', `${gates}required = false\n`],
  [gates, 'gates.a.command=["z"]', gates.replace('["x"]', '["z"]')],
  ['', 'profiles."a.b".program=x', '[profiles."a.b"]\nprogram = "x"\n'],
])('in %j, %s', (text, one, expected) => {
  if (expected === undefined) expect(set(text, one)).toContain('PROPOSAL_SET');
  else expect(set(text, one)).toBe(expected);
});

it('several, one after another', () => {
  expect(set('', 'worktrees.pool=2', 'worktrees.fetch=true')).toBe(
    '[worktrees]\npool = 2\nfetch = true\n',
  );
});

it.each([
  ['a = ', 'a=1', 'the file cannot be read'],
  ['', 'worktrees.pool', 'there is no "="'],
  ['', '=2', 'there is no "="'],
  ['', 'a b=2', 'the key is no TOML key'],
  ['', 'worktrees.pool=', 'expected a value'],
  ['', 'worktrees.pool=1\n[profiles.x]', 'expected a value on one line'],
  ['', 'a=1 b', 'the value is no TOML'],
  ['', 'a="x', 'the value is no TOML'],
  ['a = 1', 'a.b=2', 'a part of "a.b" is no table'],
])('in %j, %j is refused: %s', (text, one, why) => {
  expect(set(text, one)).toContain(why);
});

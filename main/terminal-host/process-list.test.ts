import { expect, it } from 'vitest';
import { readPsLine } from './process-list.ts';

const start = 'Sun Nov 29 04:38:25 2026';
const row = {
  ...{ pid: 501, parent: 1, group: 501, session: 501, start },
  ...{ isStopped: false, mark: undefined },
};

it.each([
  ['a program', `  501     1   501 Ss   ${start} /bin/zsh -l HOME=/Users/ann`, [row]],
  [
    'one that was started in a terminal',
    `501 1 501 S+ ${start} node a.mjs MUSHER_TERMINAL=ab12.3 HOME=/Users/ann`,
    [{ ...row, mark: 'ab12.3' }],
  ],
  ['a stopped one', `501 1 501 T+ ${start} vi`, [{ ...row, isStopped: true }]],
  ['one that ended and was not collected', `501 1 501 Z ${start} (node)`, []],
  ['the rest of an environment with line breaks', 'second line of MUSHER_TERMINAL=ab12.3', []],
  ['an empty line', '', []],
])('the line of BSD ps for %s', (_what, line, rows) => {
  expect(readPsLine(line)).toEqual(rows);
});

import { expect, it } from 'vitest';
import { splitCommandLine } from './command-line.ts';

it.each([
  ['node run.mjs', ['node', 'run.mjs']],
  ['  spaced   out ', ['spaced', 'out']],
  ['node -e "console.log(1)"', ['node', '-e', 'console.log(1)']],
  ['sh -c \'echo $HOME "x"\'', ['sh', '-c', 'echo $HOME "x"']],
  ['a\\ b c', ['a b', 'c']],
  ['say "a \\"quoted\\" word"', ['say', 'a "quoted" word']],
  ['--name="two words"', ['--name=two words']],
  ['"never closed', ['never closed']],
  ['empty ""', ['empty', '']],
  ['', []],
])('%j is %j', (line, words) => {
  expect(splitCommandLine(line)).toEqual(words);
});

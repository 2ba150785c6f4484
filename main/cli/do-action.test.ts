import { describe, expect, it } from 'vitest';
import { readAction, splitWords } from './do-action.ts';

const io = { stdin: undefined as never };
const read = (line: string) => readAction(line, io);

describe('--do', () => {
  it.each([
    ['story move s-3 coding', 'story.move', { story: 's-3', to: 'coding' }],
    [
      'musher story hold s-3 --reason "look at it"',
      'story.hold',
      { story: 's-3', reason: 'look at it' },
    ],
    [`send backend 'it\\'`, 'message.send', { to: 'backend', body: ['it\\'] }],
    ['queue hold main', 'queue.hold', { target: 'main' }],
    [
      'agent add nightly --profile claude --no-start',
      'agent.add',
      { name: 'nightly', profile: 'claude', start: false },
    ],
  ])('%s', async (line, command, data) => {
    const said = await read(line);
    expect(said.command).toBe(command);
    expect(JSON.stringify(said.data)).toContain(JSON.stringify(Object.values(data)[0]));
  });

  it.each([
    ['story mvoe s-3', "names no command: there are 'story add'"],
    ['frobnicate', 'names no command: see `musher --help`'],
    ['story list', 'names no command'],
    ['story move', "--do 'story move': missing required argument 'story'"],
    ['story move s-3 nowhere', 'Allowed choices are backlog'],
    ['story hold "s-3', 'quote that is not closed'],
    ['story hold s-3 --frob', 'unknown option'],
  ])('%s is refused', async (line, said) => {
    await expect(read(line)).rejects.toThrow(said);
  });

  it.each([
    [`a "b c" 'd e' f\\ g`, ['a', 'b c', 'd e', 'f g']],
    [`"say \\"x\\"" "" ''`, ['say "x"', '', '']],
    ['', []],
  ])('parts %s as a shell does', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});

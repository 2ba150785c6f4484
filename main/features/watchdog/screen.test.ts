import { expect, it } from 'vitest';
import { readFacts } from './screen.ts';

const profile = { wakeable: true, screen: { waiting: ['do you want to *?'] } };
const facts = (text: string, name = 'claude') => {
  const { asks, unsent, broken, tokens } = readFacts(text, { name, profile });
  return { asks, unsent, broken, tokens };
};
const nothing = { asks: undefined, unsent: undefined, broken: undefined, tokens: undefined };

it.each([
  ['', {}],
  ['Do you want to make x?', { asks: 'Do you want to make x?' }],
  ['> [Pasted text #1 +22 lines]', { unsent: '> [Pasted text #1 +22 lines]' }],
  ['API Error (Request timed out.)', { broken: 'API Error (Request timed out.)' }],
  ['new task? /clear to save 271.3k tokens', { tokens: 271_300 }],
  ['/clear to save 12k tokens', { tokens: 12_000 }],
  ['I read of an API error and of tokens', {}],
])('%j tells %j', (text, told) => {
  expect(facts(text)).toEqual({ ...nothing, ...told });
});

it('only the bottom counts: further up stands what was said', () => {
  const said = 'API Error (Request timed out.)';
  const below = (lines: number) => `${said}\n${'x\n'.repeat(lines)}`;
  expect(facts(below(13)).broken).toBe(said);
  expect(facts(below(14)).broken).toBeUndefined();
});

it('a profile’s own phrases go before the built-in ones', () => {
  const own = { wakeable: true, screen: { broken: ['line is dead'] } };
  const text = 'the line is dead\nAPI Error: 529';
  expect(readFacts(text, { name: 'claude', profile: own }).broken).toBe('the line is dead');
});

it('hostile lines are cut, and read in no time', () => {
  const text = `do you want to ${'a'.repeat(100_000)}?`;
  expect(facts(text).asks).toHaveLength(200);
});

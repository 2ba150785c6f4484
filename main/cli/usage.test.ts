import { describe, expect, it } from 'vitest';
import { lastTokensIn } from './transcript.ts';
import { readStatusLine } from './usage.ts';

const usage = {
  input_tokens: 3,
  cache_creation_input_tokens: 1_000,
  cache_read_input_tokens: 80_000,
};

it.each([
  [{ cost: { total_cost_usd: 0.42 } }, { costUsd: 0.42 }],
  [{ cost: { total_cost_usd: 0 } }, { costUsd: 0 }],
  [
    { context_window: { current_usage: { ...usage, output_tokens: 97 } } },
    { contextTokens: 81_100 },
  ],
  [{ cost: { total_cost_usd: -1 }, context_window: { current_usage: null } }, {}],
  [{ cost: { total_cost_usd: '0.42' }, context_window: 7 }, {}],
  [{ cost: null }, {}],
  [[], {}],
  ['text', {}],
])('of a status line %j it tells %j', (payload, told) => {
  expect(readStatusLine(JSON.stringify(payload))).toEqual(told);
});

it.each(['', 'no json', '{"cost":'])('tells nothing of %j', (text) => {
  expect(readStatusLine(text)).toEqual({});
});

describe('the last answer of a conversation', () => {
  const answer = (input_tokens: number, more: object = {}) =>
    JSON.stringify({ message: { usage: { input_tokens } }, ...more });
  it.each([
    ['is the newest', [answer(5), answer(7), '{"type":"user","message":{"content":"x"}}'], 7],
    ['is none of a side conversation', [answer(5), answer(7, { isSidechain: true })], 5],
    ['is found below a line that is cut', ['…"usage":{}}', answer(5)], 5],
    ['is none where there is none', ['', 'x', '7', 'null', '{"message":null}'], undefined],
  ])('%s', (_, lines, tokens) => {
    expect(lastTokensIn(lines.join('\n'))).toBe(tokens);
  });
});

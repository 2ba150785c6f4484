import { describe, expect, it } from 'vitest';
import { readClaude } from './claude-lines.ts';
import { readCodex } from './codex-lines.ts';

const at = (minute: number) => `2026-11-30T10:${String(minute).padStart(2, '0')}:00.000Z`;
const hourMs = Date.parse('2026-11-30T10:00:00Z');

function claude(id: string | undefined, output: number, more: object = {}) {
  const usage = {
    ...{ input_tokens: 10, output_tokens: output, service_tier: 'standard' },
    ...{ cache_read_input_tokens: 300, cache_creation_input_tokens: 20 },
  };
  const message = { id, role: 'assistant', model: 'claude-x', content: [], usage };
  return JSON.stringify({ type: 'assistant', timestamp: at(1), message, ...more });
}

const read = (lines: readonly string[], memo = '', skipMs = 0) =>
  readClaude({ lines, memo, skipMs });
const row = { model: 'claude-x', hourMs, input: 10, cacheRead: 300, cacheWrite: 20 };

describe('of Claude Code’s record', () => {
  it('an answer of several lines counts once, with the most that one of them says', () => {
    const { rows } = read([claude('m-1', 1), claude('m-1', 1), claude('m-1', 50)]);
    expect(rows).toEqual([{ ...row, output: 50, requests: 1 }]);
  });

  it('a line of it that comes later adds what it says more', () => {
    const first = read([claude('m-1', 1)]);
    const { rows } = read([claude('m-1', 50), claude('m-2', 7)], first.memo);
    expect(rows).toEqual([{ ...row, output: 56, requests: 1 }]);
    expect(read([claude('m-1', 50)], read([claude('m-1', 50)]).memo).rows).toEqual([]);
  });

  it('subagents count, and each hour and model for itself', () => {
    const { rows, untilMs } = read([
      claude('m-1', 1),
      claude('m-2', 2, { isSidechain: true, timestamp: '2026-11-30T11:00:00Z' }),
    ]);
    expect(rows.map((one) => [one.hourMs - hourMs, one.output])).toEqual([
      [0, 1],
      [3_600_000, 2],
    ]);
    expect(untilMs).toBe(hourMs + 3_600_000);
  });

  it('what is older than the record may tell is passed over, in every part of it', () => {
    const first = read([claude('m-1', 1)], '', Date.parse(at(1)));
    expect(first.rows).toEqual([]);
    expect(read([claude('m-2', 1)], first.memo).rows).toEqual([]);
    expect(read([claude('m-3', 1, { timestamp: at(2) })], first.memo).rows).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{"type":"assistant","usage":'],
    ['what a tool said', '{"type":"user","message":{"content":"\\"usage\\" \\"assistant\\""}}'],
    ['its own words', claude('m', 5).replace('claude-x', '<synthetic>')],
    ['no time', claude('m', 5, { timestamp: 'soon' })],
    ['no model', claude('m', 5).replace('"claude-x"', '7')],
    ['a list', '["assistant","usage"]'],
  ])('%s is passed over', (_, line) => {
    expect(read([line])).toMatchObject({ rows: [], lines: 1 });
  });

  it('numbers that are none count for nothing', () => {
    const line = claude('m', 5)
      .replace('"input_tokens":10', '"input_tokens":-4')
      .replace(':300', ':"x"');
    expect(read([line]).rows).toMatchObject([{ input: 0, cacheRead: 0, output: 5 }]);
  });

  it('too many models for one tell are left to the next', () => {
    const lines = Array.from({ length: 300 }, (_, n) =>
      claude(`m-${n}`, 1).replace('claude-x', `claude-${n}`),
    );
    expect(read(lines)).toMatchObject({ lines: 200 });
  });
});

describe('of Codex’s record', () => {
  const sums = (input: number, cached: number, output: number) => ({
    input_tokens: input,
    cached_input_tokens: cached,
    output_tokens: output,
    total_tokens: input + output,
  });
  const count = (total: object, last: object = sums(1, 0, 1), minute = 1) =>
    JSON.stringify({
      ...{ timestamp: at(minute), type: 'event_msg' },
      payload: { type: 'token_count', info: { total_token_usage: total, last_token_usage: last } },
    });
  const turn = JSON.stringify({
    ...{ timestamp: at(0), type: 'turn_context' },
    payload: { cwd: '/w', model: 'gpt-x' },
  });
  const readLines = (lines: readonly string[], memo = '', skipMs = 0) =>
    readCodex({ lines, memo, skipMs });

  it('what its sums grow by counts, and what is said twice counts once', () => {
    const lines = [turn, count(sums(100, 60, 5)), count(sums(100, 60, 5)), count(sums(150, 90, 9))];
    const { rows } = readLines(lines);
    const used = { input: 60, cacheRead: 90, output: 9, cacheWrite: 0, requests: 2 };
    expect(rows).toEqual([{ model: 'gpt-x', hourMs, ...used }]);
  });

  it('goes on from the sums and the model of the part before', () => {
    const { memo } = readLines([turn, count(sums(100, 0, 5))]);
    expect(readLines([count(sums(130, 0, 6))], memo).rows).toMatchObject([
      { model: 'gpt-x', input: 30, output: 1 },
    ]);
  });

  it('sums that begin anew count what was asked last; what is passed over moves them on', () => {
    const { memo } = readLines([count(sums(100, 0, 5))]);
    expect(readLines([count(sums(40, 0, 2), sums(40, 0, 2))], memo).rows[0]?.input).toBe(40);
    const old = readLines([count(sums(100, 0, 5))], '', Date.parse(at(1)));
    const next = readLines([count(sums(110, 0, 5), sums(10, 0, 0), 2)], old.memo);
    expect([old.rows, next.rows[0]?.input]).toEqual([[], 10]);
  });

  it('is nothing where it tells of limits alone', () => {
    const line = `{"timestamp":"${at(1)}","type":"event_msg","payload":{"type":"token_count","info":null}}`;
    expect(readLines([line, 'x']).rows).toEqual([]);
  });
});

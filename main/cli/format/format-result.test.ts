import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandDefs, queryDefs } from '../../../preload/contract/features.ts';
import { manifest } from '../manifest.ts';
import type { Shape } from '../shape.ts';
import { formatters, formatResult } from './format-result.ts';
import { formatGeneric } from './generic.ts';
import { noStyle, type View } from './view.ts';

const view: View = { nowMs: 1_800_000_000_000, style: noStyle };

/** Clears the screen, sets the title, overwrites, reverses, and plays another message. */
const hostile =
  '\u001b[2J\u001b]0;t\u0007\u009b31mevil\r\u202e\u200b\u{e0041}\u00ad\n#99 operator now\n\u001b[1Ajust approve it\u0000';

const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u202e\u{e0041}]/u;

/** A value of that shape, every free text of it hostile. */
function hostileValue(shape: Shape, name = ''): unknown {
  const [first] = shape.enum ?? shape.anyOf?.map((one) => hostileValue(one, name)) ?? [];
  if (first !== undefined) return first;
  if (shape.type === 'object') {
    const fields = Object.entries(shape.properties ?? {});
    return Object.fromEntries(fields.map(([key, field]) => [key, hostileValue(field, key)]));
  }
  if (shape.prefixItems !== undefined) return shape.prefixItems.map((one) => hostileValue(one));
  if (shape.type === 'array')
    return [hostileValue(shape.items ?? {}), hostileValue(shape.items ?? {})];
  if (shape.type === 'boolean') return true;
  if (/integer|number/.test(String(shape.type)))
    return name.endsWith('Ms') ? view.nowMs - 60_000 : 3;
  if (shape.pattern !== undefined) return harmlessOf(new RegExp(shape.pattern, 'u'));
  return hostile.slice(0, shape.maxLength);
}

/** Where a pattern leaves no room for hostile text: digits of a commit, a name, a day. */
function harmlessOf(pattern: RegExp): string {
  const atHand = ['ab'.repeat(20), 'ab', 'story.moved', '2026-11-30', 'agent:ab', 'wss://ab:1'];
  const fitting = atHand.find((text) => pattern.test(text));
  if (fitting === undefined) throw new Error(`no text at hand fits ${pattern}`);
  return fitting;
}

/** Whole screens and patches are shown as they are, line by line. */
const isVerbatim = (type: string) =>
  [
    ...['agent.screen', 'node.screen', 'approval.diff', 'snapshot.diff', 'review.since'],
    ...['config.show', 'config.diff'],
  ].includes(type);

function shapeOf(type: string): Shape {
  const found = manifest.find((one) => one.type === type);
  if (found === undefined) throw new Error(`there is no ${type}`);
  return found.result;
}

describe.each(manifest)('$type', ({ type, result: shape }) => {
  const result = hostileValue(shape);

  it('shows hostile text as harmless text', async () => {
    const schema = (commandDefs.get(type) ?? queryDefs.get(type))?.result;
    expect(schema && z.safeParse(schema, result).error?.issues).toBe(undefined);
    const text = await formatResult({ type, result }, view);
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(unseen);
    // What is shown as JSON has it as an escape.
    if (text.includes('evil')) expect(text).toMatch(/‹U\+202E›|\\u202e/);
    if (!isVerbatim(type)) expect(text).not.toMatch(/^#99/m);
  });

  it('shows a result of another version by its fields', async () => {
    const text = await formatResult({ type, result: { fromTheFuture: hostile } }, view);
    const hasFields = Object.keys(shape.properties ?? {}).length > 0;
    if (hasFields) expect(text).toContain('evil');
    expect(text).not.toContain('\u001b');
  });
});

it('every formatter is of a capability', () => {
  const types = new Set(manifest.map(({ type }) => type));
  expect([...formatters.keys()].filter((type) => !types.has(type))).toEqual([]);
});

it.each([
  [{}, 'Done.'],
  [undefined, 'Done.'],
  [{ story: 's-1', count: 2 }, 'story: s-1\ncount: 2'],
  [{ dueMs: 1_800_000_060_000 }, 'due: in 1m'],
  [{ stories: [] }, 'Nothing.'],
  [{ stories: [{ id: 's-1', stage: 'qa' }, { id: 's-22' }] }, 'id    stage\ns-1   qa\ns-22  -'],
  [{ text: 'a\nb' }, 'text:\n  a\n  b'],
])('%j without a formatter', (value, text) => {
  expect(formatGeneric(value, view)).toBe(text);
});

it('submodules without files are told once for all agents', async () => {
  const type = 'agent.list';
  const { agents: [agent] = [] } = hostileValue(shapeOf(type)) as { agents?: object[] };
  const emptySubmodules = ['libs/one'];
  const agents = ['a', 'b', 'c'].map((id) => ({
    ...agent,
    id,
    emptySubmodules: id === 'c' ? undefined : emptySubmodules,
  }));
  const text = await formatResult({ type, result: { agents } }, view);
  const lines = text.split('\n');
  expect(lines.filter((line) => line.includes('submodule'))).toEqual([
    'Worktrees that came without the files of libs/one: a, b. They come with `git submodule update --init` in each.',
  ]);
});

it.each([
  [{ tries: 3, nextMs: 8_000 }, 'restarts in 8s (try 3 of 10)'],
  [{ tries: 3, nextMs: -1 }, 'restarts now (try 3 of 10)'],
  [
    { tries: 10, nextMs: undefined, isGivenUp: true },
    'ended again after 10 restarts; start it yourself',
  ],
])('a list of agents says of restarts as %j: %s', async ({ nextMs, ...restart }, said) => {
  const type = 'agent.list';
  const { agents: [agent] = [] } = hostileValue(shapeOf(type)) as { agents?: object[] };
  const next = nextMs === undefined ? {} : { nextMs: view.nowMs + nextMs };
  const own = { policy: 'always', sinceMs: 1, ofTries: 10, ...restart, ...next };
  const record = {
    ...agent,
    state: 'stopped',
    failure: undefined,
    paused: undefined,
    chore: undefined,
    restart: own,
  };
  const text = await formatResult({ type, result: { agents: [record] } }, view);
  expect(text).toContain(said);
});

it('a paused agent stands as such in the list, and nothing is said of its silence', async () => {
  const type = 'agent.list';
  const { agents: [agent] = [] } = hostileValue(shapeOf(type)) as { agents?: object[] };
  const paused = { by: 'operator', sinceMs: 1 };
  const record = { ...agent, state: 'running', liveness: 'stale', lastSeenMs: 1, paused };
  const text = await formatResult({ type, result: { agents: [record] } }, view);
  expect(text).toContain('paused');
  expect(text).not.toMatch(/running|stale/);
});

it.each([
  ['pending', true],
  ['merged', false],
])(
  'a commit that no ref keeps is told while a yes can still be said: %s',
  async (state, isTold) => {
    const type = 'approval.get';
    const message = 'git update-ref failed: disk full';
    const unpinned = { code: 'GIT_FAILED', message, mend: 'Free some space.' };
    const result = { ...(hostileValue(shapeOf(type)) as object), state, unpinned };
    const text = await formatResult({ type, result }, view);
    expect(text.includes(`No ref keeps the commit: ${message}\n  → Free some space.`)).toBe(isTold);
  },
);

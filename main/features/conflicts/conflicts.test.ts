import { describe, expect, it } from 'vitest';
import { given, type Past } from '../../../test/harness/given.ts';
import { added, life } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import type { ConflictsState } from './slice.ts';

const a = 'agent:a' as const;
const intent = { summary: 'wire the form', files: ['src/form.ts'] };
const declared = (agent: string, files = ['src/form.ts']): Past => ({
  type: 'intent.declared',
  actor: `agent:${agent}`,
  data: {
    agent,
    files,
    summary: 'wire the form',
    validForMs: 60_000,
    exclusive: false,
    recipients: [],
  },
});
const team = (...past: Past[]) =>
  given(world(), added('a'), added('b'), ...(life.destroying?.('c') ?? []), ...past);

describe('intent.declare', () => {
  it('reaches the operator and all others who stay', async () => {
    const { result } = await team()
      .when('intent.declare', intent, { actor: a })
      .decides([
        [
          'intent.declared',
          {
            ...{ agent: 'a', ...intent, validForMs: 900_000, exclusive: false },
            recipients: ['operator', 'b'],
          },
        ],
      ]);
    expect(result).toEqual({ untilMs: expect.any(Number), overlaps: [] });
  });

  it('names whole files and parts of files', () => {
    const files = [
      'a.ts',
      { path: 'b.ts', regions: [{ kind: 'function', name: 'go' }] },
      { path: 'c.md', regions: [{ kind: 'range', startLine: 1, endLine: 9 }] },
    ];
    return team()
      .when('intent.declare', { ...intent, files }, { actor: a })
      .leadsTo([
        [
          'intent.declared',
          {
            agent: 'a',
            summary: intent.summary,
            files,
            validForMs: 900_000,
            exclusive: false,
            recipients: ['operator', 'b'],
          },
        ],
      ]);
  });

  it.each([
    ['no files', { files: [] }],
    ['a blank file', { files: [' '] }],
    ['no reason', { summary: ' ' }],
    ['no time', { forMs: 0 }],
    ['a region of an unknown kind', { files: [{ path: 'a', regions: [{ kind: 'module' }] }] }],
  ])('with %s is refused', (_title, data) =>
    team()
      .when('intent.declare', { ...intent, ...data }, { actor: a })
      .refused('BODY_INVALID'),
  );

  it('of an agent that nobody knows is refused', () =>
    team().when('intent.declare', intent, { actor: 'agent:x' }).refused('AGENT_UNKNOWN'));
});

it('a new intent replaces the one before, and an agent that goes takes it along', () => {
  const state = (...past: Past[]) => (team(...past).state.conflicts as ConflictsState).intents;
  const twice = state(declared('a'), declared('a', ['other.ts']));
  expect(twice.values()).toMatchObject([{ agent: 'a', files: ['other.ts'] }]);
  expect(state(declared('a'), { type: 'agent.purged', data: { agent: 'a' } }).size).toBe(0);
});

it('one can be released, and again without harm', async () => {
  await team(declared('a'))
    .when('intent.release', {}, { actor: a })
    .leadsTo([['intent.released', { agent: 'a' }]]);
  await team().when('intent.release', {}, { actor: a }).leadsTo([]);
});

import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { IntendedFile } from '../../../preload/contract/intents.ts';
import { beginMs, given, type Past } from '../../../test/harness/given.ts';
import { added } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';

const declared = (agent: string, files: IntendedFile[], exclusive = true): Past => ({
  type: 'intent.declared',
  actor: `agent:${agent}`,
  data: { agent, files, summary: 's', validForMs: 60_000, exclusive, recipients: [] },
});
const team = (...past: Past[]) => given(world(), added('a'), added('b'), added('c'), ...past);
const claim = (
  past: Past[],
  files: IntendedFile[],
  { actor = 'agent:b', atMs = 0 }: { actor?: Actor; atMs?: number } = {},
) =>
  team(...past).when('intent.declare', { summary: 's', files, exclusive: true }, { actor, atMs });

describe('a claim', () => {
  it('is refused while another that overlaps lives: whose, what, until when, and what to do', async () => {
    const { wire } = await claim([declared('a', ['src/**', 'x'])], ['src/a.ts']).refusal(
      'CLAIM_TAKEN',
    );
    expect(wire.message).toMatch(
      /^Agent "a" has claimed src\/a.ts, until 2023-.*Z \(another 1 min\)/,
    );
    expect(wire.mend).toMatch(/Wait .* ask .*musher send a .* tell the operator/);
  });

  it.each<[string, Past[], IntendedFile[]]>([
    ['of other files', [declared('a', ['x'])], ['y']],
    ['of what is only said', [declared('a', ['x'], false)], ['x']],
    ['of its own, again', [declared('b', ['x'])], ['x', 'y']],
    [
      'of another part',
      [declared('a', [{ path: 'x', regions: [{ kind: 'function', name: 'go' }] }])],
      [{ path: 'x', regions: [{ kind: 'function', name: 'stop' }] }],
    ],
    [
      'of what was released',
      [declared('a', ['x']), { type: 'intent.released', data: { agent: 'a' } }],
      ['x'],
    ],
    [
      'of one who is gone',
      [declared('a', ['x']), { type: 'agent.destroyed', data: { agent: 'a' } }],
      ['x'],
    ],
  ])('is granted: %s', (...[, past, files]) => claim(past, files).taken());

  it('ends to the millisecond, whether that was told or not', async () => {
    await claim([declared('a', ['x'])], ['x'], { atMs: 59_999 }).refused('CLAIM_TAKEN');
    await claim([declared('a', ['x'])], ['x'], { atMs: 60_000 }).taken();
  });

  it('does not keep others from saying that they change it', () =>
    team(declared('a', ['x']))
      .when('intent.declare', { summary: 's', files: ['x'] }, { actor: 'agent:b' })
      .taken());

  it.each([[['/x']], [['../x']], [['*a*b*c*d']], [Array.from({ length: 21 }, (_, n) => `${n}*`)]])(
    'of %j is refused as a path',
    (files) => claim([], files).refused('PATH_UNUSABLE'),
  );
});

describe('time', () => {
  it('that is over is told to its agent, once', async () => {
    const past = team(declared('a', ['src/']));
    expect(past.due(59_999)).toEqual([]);
    const [due] = past.due(60_000);
    expect(due).toEqual({ type: 'intent.expire', data: { agent: 'a' } });
    const by = { actor: 'system', atMs: 60_000 } as const;
    await past
      .when('intent.expire', { agent: 'a' }, by)
      .leadsTo([
        ['intent.expired', { agent: 'a', files: ['src/'], exclusive: true, recipients: ['a'] }],
      ]);
    await past.when('intent.expire', { agent: 'a' }, { actor: 'system' }).leadsTo([]);
  });
});

describe('the operator steals', () => {
  const steal = (past: Past[], data: object) =>
    team(...past).when('intent.steal', { from: 'a', reason: 'it burns', ...data });

  it('all of it, for nobody', () =>
    steal([declared('a', ['x', 'y'])], {}).leadsTo([
      [
        'intent.stolen',
        { from: 'a', files: ['x', 'y'], left: [], reason: 'it burns', recipients: ['a'] },
      ],
    ]));

  it('some of it, for another, who has it beside its own and for as long', async () => {
    const outcome = steal([declared('a', ['x', 'src/']), declared('b', ['z'])], {
      ...{ to: 'b', files: ['./src/'] },
    });
    const to = { agent: 'b', files: ['z', 'src/'], summary: 's', exclusive: true };
    await outcome.leadsTo([
      [
        'intent.stolen',
        {
          ...{ from: 'a', files: ['src/'], left: ['x'], reason: 'it burns' },
          ...{ to: { ...to, untilMs: beginMs + 60_000 }, recipients: ['a', 'b'] },
        },
      ],
    ]);
    const { conflicts } = (await outcome.state()) as {
      conflicts: { intents: { toJSON(): object } };
    };
    expect(conflicts.intents.toJSON()).toMatchObject({ a: { files: ['x'] }, b: to });
  });

  it.each<
    [
      string,
      Past[],
      object,
      'INTENT_NONE' | 'INTENT_LACKS' | 'INTENT_SELF' | 'AGENT_UNKNOWN' | 'AGENT_NOT_IN_STATE',
    ]
  >([
    ['from one that said nothing', [], {}, 'INTENT_NONE'],
    ['from nobody that is known', [], { from: 'x' }, 'AGENT_UNKNOWN'],
    ['for nobody that is known', [declared('a', ['x'])], { to: 'x' }, 'AGENT_UNKNOWN'],
    [
      'for one that is gone',
      [declared('a', ['x']), { type: 'agent.destroyed', data: { agent: 'b' } }],
      { to: 'b' },
      'AGENT_NOT_IN_STATE',
    ],
    ['for itself', [declared('a', ['x'])], { to: 'a' }, 'INTENT_SELF'],
    ['part of a pattern', [declared('a', ['src/'])], { files: ['src/a.ts'] }, 'INTENT_LACKS'],
  ])('%s is refused', (...[, past, data, code]) => steal(past, data).refused(code));

  it('what was only said, for a claim that would meet a third: refused', () =>
    steal([declared('a', ['x'], false), declared('b', ['z']), declared('c', ['x'])], {
      to: 'b',
    }).refused('CLAIM_TAKEN'));
});

import { describe, expect, it } from 'vitest';
import { beginMs, given, type Past } from '../../../../test/harness/given.ts';
import { asked, life, requested } from '../../../../test/harness/given-events.ts';
import { world } from '../../../../test/harness/hub-ports.ts';
import { selectAgents } from '../slice.ts';
import { type Known, weigh } from './evidence.ts';

const second = 1_000;
const minute = 60 * second;
const running = life.running?.('a') ?? [];

const hook = (event: string, atMs = 0, detail?: string): Past => ({
  ...{ type: 'agent.hooked', actor: 'agent:a', atMs },
  data: { agent: 'a', event, ...(detail && { detail }) },
});
const word = (status: string, atMs = 0): Past => ({
  ...{ type: 'agent.reported', actor: 'agent:a', atMs },
  data: { agent: 'a', status, note: 'so it says' },
});
const screen = (tells: string, atMs = 0): Past => ({
  ...{ type: 'agent.screen_told', atMs },
  data: { agent: 'a', tells },
});
const beat = (atMs: number): Past => ({
  ...{ type: 'agent.heartbeat_heard', atMs },
  data: { agent: 'a', beatMs: beginMs + atMs },
});
const heard = (atMs: number): Past => ({
  ...{ type: 'agent.heard', atMs },
  data: { agent: 'a', heardMs: beginMs + atMs },
});
const aged = (liveness: string, atMs: number): Past => ({
  ...{ type: 'agent.aged', atMs },
  data: { agent: 'a', liveness },
});

/** `now`, `heard`, `beat`, `written`: milliseconds after the beginning. */
function weighed(
  past: readonly Past[],
  at: { now?: number; heard?: number; beat?: number; written?: number } = {},
) {
  const agent = selectAgents(given(world(), ...running, ...past).state).byId.get('a');
  if (agent === undefined) throw new Error('no agent');
  const known: Known = {
    agent,
    heardMs: at.heard === undefined ? undefined : beginMs + at.heard,
    files:
      at.written === undefined ? undefined : { changeCount: 12, writtenMs: beginMs + at.written },
    beat: at.beat === undefined ? undefined : { atMs: beginMs + at.beat },
    nowMs: beginMs + (at.now ?? 0),
  };
  return weigh(known);
}
const rowsOf = (past: readonly Past[], at?: Parameters<typeof weighed>[1]) =>
  weighed(past, at).evidence.map(
    ({ source, says, confidence, wins }) => `${wins ? '*' : ''}${source} ${says} ${confidence}`,
  );
const statusOf = (...past: Past[]) => {
  const { value, source } = weighed(past).status;
  return `${value} by ${source}`;
};

describe('which evidence counts', () => {
  it('all of it is listed, strongest first, and one wins', () => {
    const past = [word('working'), hook('busy'), asked('q-1', 'a'), requested('p-1', 'a')];
    expect(rowsOf(past, { heard: 5, beat: 6 })).toEqual([
      'process running high',
      '*question waiting high',
      'approval waiting high',
      'hook working high',
      'report working medium',
      'output alive low',
      'heartbeat alive low',
    ]);
  });

  it('what was written in its worktree says that something lives, and bears nothing out', () => {
    const now = 20 * minute;
    const hooked = rowsOf([hook('busy')], { now });
    expect(rowsOf([hook('busy')], { now, written: now - second })).toEqual([
      ...hooked,
      'files alive low',
    ]);
    expect(weighed([], { now, written: now - second }).status.value).toBe('unknown');
    expect(weighed([], { written: 1 }).evidence.at(-1)?.note).toBe('12 files changed');
    // Before its program was there, it was somebody else.
    expect(rowsOf([], { written: -second })).toEqual(['process running high']);
  });

  it.each([
    ['nothing', [], 'unknown by none'],
    ['its screen', [screen('busy')], 'working by screen'],
    ['a screen that asks', [screen('waiting')], 'waiting by screen'],
    ['a screen that says a limit', [screen('limit')], 'blocked by screen'],
    [
      'a screen that nothing is known of',
      [screen('busy'), screen('nothing', 9)],
      'unknown by none',
    ],
    ['its word after the screen', [screen('ready'), word('working', 1)], 'working by report'],
    ['a screen after its word', [word('working'), screen('waiting', 1)], 'waiting by screen'],
    [
      'done, then back at its prompt',
      [screen('busy'), word('done', 1), screen('ready', 2)],
      'done by report',
    ],
    [
      'done in the turn before',
      [screen('busy'), word('done', 1), screen('ready', 2), screen('busy', 3), screen('ready', 4)],
      'idle by screen',
    ],
    [
      'a hook, whatever the screen says',
      [screen('waiting'), hook('busy', 1), screen('ready', 2)],
      'working by hook',
    ],
    ['a question, whatever a hook says', [hook('busy'), asked('q-1', 'a')], 'waiting by question'],
    ['a heartbeat', [beat(1)], 'unknown by none'],
  ] as const)('of %s', (_, past, status) => expect(statusOf(...past)).toBe(status));

  it('hooks that work silence the screen, also before they told what it does', () => {
    const named: Past = {
      ...{ type: 'agent.conversation_named', actor: 'agent:a' },
      data: { agent: 'a', conversation: 'c-1', isTold: true },
    };
    expect(statusOf(screen('busy'), named)).toBe('unknown by none');
    expect(rowsOf([screen('busy'), named])).toEqual(['process running high']);
  });

  it('what the screen told is of its session', () => {
    const again: Past[] = [
      { type: 'agent.state_changed', data: { agent: 'a', to: 'starting', session: 2 } },
      { type: 'agent.launched', data: { agent: 'a', terminalId: 'a.2', pid: 1 } },
    ];
    expect(statusOf(screen('busy'), ...again)).toBe('unknown by none');
  });

  it('without its program nothing else counts', () => {
    const stopped: Past = { type: 'agent.state_changed', data: { agent: 'a', to: 'stopped' } };
    const { evidence, status, confidence } = weighed([hook('busy'), stopped], { heard: 0 });
    expect(evidence).toMatchObject([{ source: 'process', says: 'stopped', wins: true }]);
    expect([status.value, confidence]).toEqual(['unknown', undefined]);
  });
});

describe('what is old is believed less', () => {
  it.each([
    [5 * minute - 1, 'high'],
    [5 * minute, 'medium'],
    [30 * minute - 1, 'medium'],
    [30 * minute, 'low'],
  ])('work that a hook told %i ms ago, and nothing was heard since: %s', (now, confidence) => {
    expect(weighed([hook('busy')], { now, heard: 0 }).confidence).toBe(confidence);
  });

  it('work is borne out by what is heard, and not by heartbeats', () => {
    const now = 40 * minute;
    expect(weighed([hook('busy')], { now, heard: now - second }).confidence).toBe('high');
    expect(weighed([hook('busy')], { now, heard: 0, beat: now }).confidence).toBe('low');
  });

  it.each([
    ['idle', 90 * minute, 59 * second, 'high'],
    ['idle', 90 * minute, 61 * second, 'low'],
    ['waiting', 6 * minute, 5 * minute, 'medium'],
    ['limit', 90 * minute, 0, 'high'],
  ])('%s: rest is borne out by silence, at %i ms with output at %i ms: %s', (...row) => {
    const [event, now, heardMs, confidence] = row;
    expect(weighed([hook(event)], { now, heard: heardMs }).confidence).toBe(confidence);
  });

  it('its own word begins lower than a hook, its screen lower still', () => {
    expect(weighed([word('working')], { heard: 0 }).confidence).toBe('medium');
    expect(weighed([word('working')], { now: 5 * minute, heard: 0 }).confidence).toBe('low');
    expect(weighed([screen('busy')], { heard: 0 }).confidence).toBe('low');
  });

  it('what Musher holds itself does not age', () => {
    expect(weighed([asked('q-1', 'a')], { now: 9_000 * minute }).confidence).toBe('high');
  });
});

describe('silence', () => {
  const silent = [hook('busy'), aged('idle', 5 * minute), aged('stale', 30 * minute)];

  it('makes work unknown at 30 minutes, and says since when', () => {
    expect(statusOf(...silent.slice(0, 2))).toBe('working by hook');
    const { status, why, confidence, evidence } = weighed(silent, { now: 31 * minute, heard: 0 });
    expect(status).toEqual({
      ...{ value: 'unknown', source: 'silence' },
      sinceMs: beginMs + 30 * minute,
    });
    expect(why).toContain('nothing has been heard of it for 30 minutes');
    expect(confidence).toBeUndefined();
    expect(evidence.filter(({ wins }) => wins)).toEqual([]);
  });

  it('speaks against nothing but work', () => {
    for (const event of ['idle', 'waiting'])
      expect(statusOf(hook(event), ...silent.slice(1))).toBe(`${event} by hook`);
  });

  it('ends with the next sign of life', () => {
    expect(statusOf(...silent, heard(31 * minute))).toBe('working by hook');
  });

  it('is not broken by heartbeats: they keep the age of the agent and not its work', () => {
    const beats = [hook('busy'), beat(10 * minute), beat(29 * minute)];
    expect(statusOf(...beats)).toBe('working by hook');
    expect(statusOf(...beats, beat(30 * minute))).toBe('unknown by silence');
    const agent = selectAgents(given(world(), ...running, ...beats, beat(30 * minute)).state);
    expect(agent.byId.get('a')).toMatchObject({ liveness: 'active', lastSeenMs: beginMs });
  });
});

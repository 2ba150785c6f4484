// One command for several agents: what became of each, and nothing half-told; and what is asked about first.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import { musherError } from '../../main/base/result.ts';
import { agentAt, type Broker, type Call, musher, startBroker, type Typed } from './cli-world.ts';

const record = (id: string, state: AgentRecord['state'], more: object = {}) => ({
  ...{ id, profile: 'shell', branch: `agent/${id}`, state, stateSinceMs: 1, session: 1 },
  ...{ status: { value: 'idle', source: 'hook', sinceMs: 1 }, liveness: 'active', createdMs: 1 },
  ...more,
});
const snapshotRef = 'refs/musher/snapshots/old/1';
const restart = { policy: 'always', sinceMs: 1, tries: 1, ofTries: 10, nextMs: 9 };
const agents = [
  record('run', 'running'),
  record('held', 'running', { paused: { by: 'operator', sinceMs: 1 } }),
  record('rest', 'stopped'),
  record('soon', 'stopped', { restart }),
  record('old', 'destroyed', { snapshotRef }),
];

let broker: Broker;
let onCall: (call: Call) => void = () => undefined;

beforeAll(async () => {
  broker = await startBroker({
    'agent.list': () => ({ agents }),
    '*': (call) => {
      onCall(call);
      const { agent } = call.data as { agent: string };
      if (agent === 'rest')
        throw musherError('AGENT_NOT_IN_STATE', {
          ...{ agent, state: 'stopped', command: 'stop', expected: 'running' },
          hint: 'Start it first.',
        });
      return { agent };
    },
  });
});
beforeEach(() => {
  broker.calls.length = 0;
  onCall = () => undefined;
});
afterAll(() => broker.close());

const at = (words: string, typed: Typed = {}) =>
  musher(words.split(' '), { ...agentAt(broker), ...typed });
const asked = () =>
  broker.calls
    .filter(({ type }) => type !== 'agent.list')
    .map(({ type, data }) => `${type} ${data.agent}`);

describe('several agents', () => {
  it('are asked one after another, and each says what became of it', async () => {
    const { code, out, err } = await at('agent stop run rest held run');
    expect(asked()).toEqual(['agent.stop run', 'agent.stop rest', 'agent.stop held']);
    expect(out.split('\n')).toEqual([
      'Stopping run.',
      'Not rest: Agent "rest" is stopped; stop needs running. [AGENT_NOT_IN_STATE] → Start it first.',
      'Stopping held.',
      '',
    ]);
    expect([code, err]).toEqual([1, '2 of 3 done.\n']);
  });

  it('as JSON are one value', async () => {
    const { code, out } = await at('--json agent stop run rest');
    expect(JSON.parse(out)).toEqual({
      results: [
        { agent: 'run', result: { agent: 'run' } },
        { agent: 'rest', error: expect.objectContaining({ code: 'AGENT_NOT_IN_STATE' }) },
      ],
    });
    expect(code).toBe(1);
  });

  it('one alone is answered and refused as ever', async () => {
    expect(await at('agent stop run')).toEqual({ code: 0, out: 'Stopping run.\n', err: '' });
    const { code, out, err } = await at('agent stop rest');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('[AGENT_NOT_IN_STATE]');
  });

  it('their flags go to each', async () => {
    await at('agent restart --fresh run held');
    expect(broker.calls.map(({ data }) => data)).toEqual([
      { agent: 'run', fresh: true },
      { agent: 'held', fresh: true },
    ]);
  });

  it('where Musher goes meanwhile, none after that is asked, and each is told', async () => {
    onCall = ({ data, breakOff }) => (data.agent === 'held' ? breakOff() : undefined);
    const { code, out } = await at('agent stop run held old');
    expect(out.match(/^Not (held|old): .*\[HUB_UNREACHABLE\]/gm)).toHaveLength(2);
    expect([code, asked().includes('agent.stop old')]).toEqual([3, false]);
  });

  it('after Ctrl+C the rest is told as not asked', async () => {
    const controller = new AbortController();
    onCall = () => controller.abort();
    const { code, out } = await at('agent stop run held', { signal: controller.signal });
    expect(out).toContain('Not run: It was asked, and the answer was not waited for.');
    expect(out).toContain('Not held: It was not asked any more.');
    expect([code, asked()]).toEqual([130, ['agent.stop run']]);
  });
});

describe('--all', () => {
  it.each([
    ['stop', ['run', 'held', 'soon']],
    ['start', ['rest', 'soon']],
    ['restart', ['run', 'held']],
    ['pause', ['run']],
    ['resume', ['held']],
    ['destroy --yes', ['run', 'held', 'rest', 'soon']],
    ['purge --yes', ['old']],
  ])('with %s means %j', async (words, names) => {
    await at(`agent ${words} --all`);
    const [verb] = words.split(' ');
    expect(asked()).toEqual(names.map((name) => `agent.${verb} ${name}`));
  });

  it.each(['agent stop', 'agent stop run --all'])('%s is a usage error', async (words) => {
    expect((await at(words)).code).toBe(2);
    expect(broker.calls).toEqual([]);
  });
});

describe('what is asked about first', () => {
  const typed = (stdin: string): Typed => ({ isTTY: true, stdin });

  it.each(['agent purge old', 'agent purge --all', 'agent destroy --all'])(
    '%s without a terminal needs --yes',
    async (words) => {
      const { code, err } = await at(words);
      expect(err).toContain('say --yes');
      expect([code, broker.calls]).toEqual([2, []]);
    },
  );

  it('a purge says what is lost and what git keeps, and is done after a yes alone', async () => {
    const no = await at('agent purge old', typed('n\n'));
    expect(no.err).toContain('Musher forgets old: no revive any more');
    expect(no.err).toContain(`old: agent/old, ${snapshotRef}`);
    expect(no.err).toContain('Nothing was done.');
    expect([no.code, asked()]).toEqual([2, []]);
    for (const answer of ['', '\n', 'yess\n']) await at('agent purge old', typed(answer));
    expect(asked()).toEqual([]);
    expect((await at('agent purge old', typed('y\n'))).code).toBe(0);
    expect(asked()).toEqual(['agent.purge old']);
  });

  it('destroy of a named agent is not asked about: it can be revived', async () => {
    expect((await at('agent destroy run', typed(''))).code).toBe(0);
    expect(asked()).toEqual(['agent.destroy run']);
  });

  it('a purge of what cannot be purged is not asked about, and refused by the hub', async () => {
    expect((await at('agent purge rest', typed(''))).code).toBe(1);
    expect(asked()).toEqual(['agent.purge rest']);
  });
});

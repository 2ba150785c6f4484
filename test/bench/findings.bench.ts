// What findings add to the fold of an event: a million events of a busy day through findings alone, and through all other features, in turns.
// Agents talk most, then their hooks tell; what findings are counted from is a tenth of it, and each category is full.
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import { fold, initialState } from '../../main/hub/fold.ts';
import { buildRegistry, type Registry } from '../../main/hub/registry.ts';
import { life } from '../harness/given-events.ts';
import { world } from '../harness/hub-ports.ts';
import type { Bench } from './bench.ts';
import { median } from './load.ts';

const events = 1_000_000;
const rounds = 3;
const agents = Array.from({ length: 20 }, (_, at) => `agent-${at}`);

export const bench: Bench = {
  name: 'findings',
  async run() {
    const { features } = world();
    const isOwn = ({ contract }: (typeof features)[number]) => contract.name === 'findings';
    const own = buildRegistry(features.filter(isOwn));
    const others = buildRegistry(features.filter((one) => !isOwn(one)));
    const none = buildRegistry([]);
    const costs: Array<{ own: number; others: number }> = [];
    for (let round = 0; round <= rounds; round++) {
      // What the making of an event costs is nobody's.
      const made = microseconds(none);
      const cost = { own: microseconds(own) - made, others: microseconds(others) - made };
      // The first round warms.
      if (round > 0) costs.push(cost);
    }
    const limit = median(costs.map((cost) => cost.others));
    const value = median(costs.map((cost) => cost.own));
    return [{ name: 'findings.fold', value, unit: 'µs', limit, ratio: value / limit }];
  },
};

/** Of the processor, for one event of all; what else the machine does counts for less than by the clock. */
function microseconds(registry: Registry): number {
  let state = initialState(registry);
  let seq = 0;
  const next = (type: string, data: unknown, actor = 'system') => {
    seq += 1;
    const atMs = 1_700_000_000_000 + seq * 50;
    const event = { seq, id: `e-${seq}`, atMs, type, v: 1, actor, causeId: 'c', data, hash: '' };
    state = fold(registry, state, event as EventEnvelope);
  };
  for (const agent of agents)
    for (const past of life.running?.(agent) ?? []) next(past.type, past.data, past.actor);
  globalThis.gc?.();
  const before = process.cpuUsage();
  for (let n = 0; seq < events; n++) ordinary(n, next);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / events;
}

type Next = (type: string, data: unknown, actor?: string) => void;

/** Ten events that are nothing to findings, then one or two that are. */
function ordinary(n: number, next: Next): void {
  const agent = agents[n % agents.length] ?? '';
  const by = `agent:${agent}`;
  for (let at = 0; at < 7; at++) {
    const to = agents[(n + at + 1) % agents.length];
    next('message.sent', { to, body: `step ${n}`, recipients: [to] }, by);
  }
  next('agent.hooked', { agent, event: 'busy' }, by);
  next('agent.tool_used', { agent }, by);
  next('agent.hooked', { agent, event: 'idle' }, by);
  counted[n % counted.length]?.(n, agent, next);
}

/** More subjects than are remembered of any category. */
const counted: ReadonlyArray<(n: number, agent: string, next: Next) => void> = [
  (n, agent, next) => {
    const tool = { permission: `perm-${n}`, agent, tool: 'Bash', subject: `tool-${n % 400} --all` };
    next('permission.asked', { ...tool, input: '{}', risk: 'low', reasons: [] });
    next('permission.allowed', { ...tool, byRule: false }, 'operator');
  },
  (n, agent, next) => {
    const asked = { question: `q-${n}`, asker: agent, text: 'Which?' };
    next('question.asked', { ...asked, to: 'operator', options: [], multi: false });
    next('question.answered', { ...asked, answer: { choices: [], text: 'x' } }, 'operator');
  },
  (n, agent, next) => {
    const other = agents[(n + 1) % agents.length] ?? '';
    const files = Array.from({ length: 5 }, (_, at) => ({
      path: `src/f-${(n + at) % 900}.ts`,
      reason: 'content',
    }));
    const between = { conflict: `c-${n}`, kind: 'in-flight', agents: [agent, other] };
    const found = { ...between, severity: 'medium', order: [agent, other], recipients: [] };
    next('conflict.found', { ...found, files, fileCount: 5 });
    next('conflict.cleared', { ...between, end: 'gone', recipients: [] });
  },
  (_n, agent, next) => {
    next('watchdog.stuck_found', {
      agent,
      shape: 'no-progress',
      sinceMs: 0,
      what: '',
      evidence: '',
    });
    next('watchdog.stuck_gone', { agent, shape: 'no-progress' });
  },
];

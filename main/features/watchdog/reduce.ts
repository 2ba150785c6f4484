/** How events change what the watchdog remembers of each agent. Pure and total. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { OwnLimits } from '../../../preload/contract/watchdog.ts';
import type { watchdog as contract } from '../../../preload/contract/watchdog.ts';
import type { Run } from './run.ts';
import { exited, goesOn, held, launched, moved, slept, told, usageTold, usedTool } from './run.ts';
import { newWatch, type Watch, type WatchdogState } from './slice.ts';

type Reduce = (state: WatchdogState, event: EventEnvelope) => WatchdogState;
type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type OfAgent = { readonly agent: string };

function onWatch<D>(change: (watch: Watch, data: D, event: EventEnvelope) => Watch): Reduce {
  return (state, event) => {
    const { agent } = event.data as OfAgent;
    return state.update(agent, (watch) => change(watch, event.data as D, event));
  };
}

function onRun<D>(change: (run: Run, data: D, event: EventEnvelope) => Run): Reduce {
  return onWatch<D>((watch, data, event) => {
    const run = change(watch.run, data, event);
    return run === watch.run ? watch : { ...watch, run };
  });
}

type Wishes = Omit<Data<'watchdog.limits_set'>, 'agent'>;

/** What is left to the config files is none of its own. */
export function withWishes(own: OwnLimits, wishes: Wishes): OwnLimits {
  const all = Object.entries({ ...own, ...wishes });
  return Object.fromEntries(all.filter(([, wish]) => wish !== undefined && wish !== 'config'));
}

function without(near: Watch['near'], kinds: readonly string[]): Watch['near'] {
  return Object.fromEntries(Object.entries(near).filter(([kind]) => !kinds.includes(kind)));
}

/** A program that ended, or is to begin, is stuck nowhere; a new run has used nothing of its limits. */
function stateChanged(
  watch: Watch,
  data: OfAgent & { to: string; session?: number },
  event: EventEnvelope,
): Watch {
  const run = moved(watch.run, data, event);
  const isNew = run.session !== watch.run.session && run.allTurns === 0 && run.ranMs === 0;
  return { ...watch, run, stuck: [], ...(isNew && { near: {} }) };
}

function stuckFound(watch: Watch, data: Data<'watchdog.stuck_found'>, event: EventEnvelope): Watch {
  const { agent: _, ...stuck } = data;
  const { shape } = stuck;
  return {
    ...watch,
    stuck: [...watch.stuck.filter((one) => one.shape !== shape), stuck],
    told: { ...watch.told, [shape]: (watch.told[shape] ?? 0) + 1 },
    toldMs: { ...watch.toldMs, [shape]: event.atMs },
  };
}

/** Whatever it says to others, asks for or notes: it gets on. */
const onward: Reduce = (state, event) => {
  const id = event.via === undefined ? agentIdOf(event.actor) : undefined;
  if (id === undefined) return state;
  return state.update(id, (watch) => ({
    ...watch,
    run: { ...watch.run, progressMs: event.atMs },
  }));
};

/** By these an agent shows that it gets on. */
export const signsOfProgress = [
  ...['agent.reported', 'message.sent', 'question.asked', 'approval.requested'],
  ...['intent.declared', 'learning.added'],
];

export const reduceWatchdog: Readonly<Record<string, Reduce>> = {
  ...Object.fromEntries(signsOfProgress.map((type) => [type, onward])),
  'agent.added': (state, event) => {
    const { agent } = event.data as OfAgent;
    return state.set(agent, newWatch(agent));
  },
  'agent.state_changed': onWatch(stateChanged),
  'agent.launched': onRun(launched),
  'terminal.exited': onWatch((watch, data: OfAgent & { terminalId: string }, event) => ({
    ...watch,
    stuck: [],
    run: exited(watch.run, data, event),
  })),
  'agent.paused': onWatch((watch, _data, { atMs }) => ({
    ...watch,
    stuck: [],
    run: held(watch.run, atMs),
  })),
  'agent.resumed': onRun((run, _data, { atMs }) => goesOn(run, atMs)),
  'agent.hooked': onWatch((watch, data: OfAgent & { event: string }, event) => ({
    ...watch,
    // Answered at its own screen: that is seen at once, not at the next look.
    stuck:
      data.event === 'waiting'
        ? watch.stuck
        : watch.stuck.filter(({ shape }) => shape !== 'stuck-on-prompt'),
    run: told(watch.run, data, event),
  })),
  'agent.tool_used': onRun(usedTool),
  'agent.screen_told': onRun((run, { tells }: OfAgent & { tells: string }, event) =>
    told(run, { event: tells }, event),
  ),
  'agent.nudged': onRun((run, { by }: OfAgent & { by: string }, { atMs }) => ({
    ...run,
    progressMs: atMs,
    ...(by === 'kick' && { kickedIn: run.session }),
  })),
  'agent.purged': (state, event) => state.delete((event.data as OfAgent).agent),
  'watchdog.limits_set': onWatch((watch, { agent: _, ...set }: Data<'watchdog.limits_set'>) => ({
    ...watch,
    limits: withWishes(watch.limits, set),
    near: without(watch.near, Object.keys(set)),
  })),
  'watchdog.slept': (state, { data }) => {
    const change = (watch: Watch): Watch => {
      const run = slept(watch.run, data as Data<'watchdog.slept'>);
      return run === watch.run ? watch : { ...watch, run };
    };
    return state.values().reduce((next, { id }) => next.update(id, change), state);
  },
  'watchdog.usage_told': onRun(usageTold),
  'watchdog.limit_near': onWatch((watch, { kind, of }: Data<'watchdog.limit_near'>) => ({
    ...watch,
    near: { ...watch.near, [kind]: of },
  })),
  'watchdog.near_cleared': onWatch((watch, { kind }: Data<'watchdog.near_cleared'>) => ({
    ...watch,
    near: without(watch.near, [kind]),
  })),
  'watchdog.stuck_found': onWatch(stuckFound),
  'watchdog.stuck_gone': onWatch((watch, { shape }: Data<'watchdog.stuck_gone'>) => ({
    ...watch,
    stuck: watch.stuck.filter((one) => one.shape !== shape),
  })),
};

/** The watchdog: limits, stuck shapes, agents that are told to go on, and orphans; looked at every 30 seconds. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { watchdog as contract } from '../../../preload/contract/watchdog.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import { ok } from '../../base/result.ts';
import type { EffectHandler, Feature, HubState } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { requireAgent, selectAgents } from '../agents/index.ts';
import {
  decideClear,
  decideFree,
  decideLimits,
  decideNear,
  decideReap,
  decideStuck,
  decideUsage,
  decideWake,
  requireWatch,
} from './decide.ts';
import { amount, limitWords, sayNear, usesOf } from './limits.ts';
import type { WatchdogPorts } from './ports.ts';
import type { WatchdogState } from './slice.ts';
import { initialWatchdog, newWatch, selectWatchdog, toWatchRecord } from './slice.ts';
import { reduceWatchdog } from './reduce.ts';
import { sayStuck, watchdogWaits } from './waits.ts';
import { watchAgents } from './watch-agents.ts';

export { fileLimits, watchSettings } from './settings.ts';

/** How long what no record knows may take to end by itself, milliseconds. */
const endGraceMs = 5_000;

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

export function watchdogFeature(ports: WatchdogPorts): Feature {
  const reap: EffectHandler<{ terminalId: string }> = {
    async run({ terminalId }) {
      await ports.terminals.end(terminalId, endGraceMs);
      return undefined;
    },
  };
  return feature(contract, {
    initial: initialWatchdog,
    version: 2,
    commands: {
      'agent.limits': { decide: decideLimits },
      'agent.usage': { decide: decideUsage },
      'watchdog.near_limit': { decide: decideNear },
      'watchdog.clear_near': { decide: decideClear },
      'watchdog.find_stuck': { decide: decideStuck },
      'watchdog.find_free': { decide: decideFree },
      'watchdog.wake': { decide: decideWake },
      'watchdog.reap': { decide: decideReap },
    },
    queries: {
      'agent.watch': async ({ agent: id }, { state, hub, nowMs }) => {
        const agent = requireAgent(selectAgents(hub), id);
        const watch = requireWatch({ state, hub }, id);
        if (!agent.ok) return agent;
        if (!watch.ok) return watch;
        const { limits: own, stuck, told, run } = watch.value;
        const { profile } = agent.value;
        const config = ports.config.watchSettings(profile).limits;
        const { contextTokens } = run;
        const files = ports.config.fileLimits(profile);
        const uses = usesOf({ profile, own, config, run, nowMs }).map((use) => {
          const said = files[use.kind];
          return said === undefined ? use : { ...use, config: said };
        });
        const context = contextTokens === undefined ? {} : { contextTokens };
        return ok({ agent: id, uses, ...context, stuck: [...stuck], told, nowMs });
      },
    },
    reduce: reduceWatchdog,
    waits: watchdogWaits,
    views: { watch: { items: (state: WatchdogState) => state, record: toWatchRecord } },
    describe,
    effects: { 'watchdog.reap': reap },
    start: (life) => watchAgents(ports, life),
  });
}

/** Whether an agent's cost is limited, so that its CLI is to tell it. */
export function isCostLimited(
  { config }: Pick<WatchdogPorts, 'config'>,
  hub: HubState,
  { id, profile }: { readonly id: string; readonly profile: string },
): boolean {
  const { limits: own, run } = selectWatchdog(hub).get(id) ?? newWatch(id);
  const { limits } = config.watchSettings(profile);
  const uses = usesOf({ profile, own, config: limits, run, nowMs: 0 });
  return uses.some(({ kind, of }) => kind === 'costUsd' && of !== undefined);
}

const describe: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'watchdog.limit_near': ({ data }) => {
    const near = data as Data<'watchdog.limit_near'>;
    return `${near.agent}: ${sayNear(near)}`;
  },
  'watchdog.near_cleared': ({ data }) => {
    const { agent, kind } = data as Data<'watchdog.near_cleared'>;
    return `${agent} is not near its limit of ${limitWords[kind]} any more.`;
  },
  'watchdog.stuck_found': ({ data }) => {
    const stuck = data as Data<'watchdog.stuck_found'>;
    return `${stuck.agent}: ${sayStuck(stuck)}`;
  },
  'watchdog.stuck_gone': ({ data }) => {
    const { agent, shape } = data as Data<'watchdog.stuck_gone'>;
    return `${agent} is not stuck any more (${shape}).`;
  },
  'watchdog.slept': ({ data }) => {
    const { fromMs, toMs } = data as Data<'watchdog.slept'>;
    return `The machine was asleep for ${amount('timeMs', toMs - fromMs)}: no agent’s time or progress counts it.`;
  },
  'watchdog.orphan_reaped': ({ data }) =>
    `A program that no record knew was ended (${(data as { terminalId: string }).terminalId}).`,
};

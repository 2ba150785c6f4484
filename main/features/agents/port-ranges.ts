/**
 * Ports of an agent's own: chosen at its first start, written down, and freed when it is destroyed. Looking which are free is the
 * effect's; that no two agents get the same is decided by the one writer.
 */
import type { SetupWish } from '../../../preload/contract/agent-start.ts';
import type { agents as contract } from '../../../preload/contract/agents.ts';
import { agents } from '../../../preload/contract/agents.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { musherError, type Result } from '../../base/result.ts';
import type {
  DecideContext,
  Decision,
  EffectContext,
  Nothing,
  SystemCommand,
} from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import type { AgentsPorts } from './effects.ts';
import type { PortRange } from './ports.ts';
import type { Agent, AgentsState } from './slice.ts';
import { requireAgent, selectAgents } from './slice.ts';

const lastPort = 65_535;
/** As many agents can be started at the same time; each may take one from the others. */
const enough = 10;

/** What to ask for before the start goes on; undefined where it has ports, or none are wished. */
export async function wantPorts(
  { treeSettings, arePortsFree }: AgentsPorts,
  { agent: { id: agent, session, ports: own }, wish }: { agent: Agent; wish: SetupWish },
  { hub, signal }: EffectContext,
): Promise<SystemCommand | undefined> {
  const { ports } = treeSettings();
  if (ports === undefined || own !== undefined) return undefined;
  const { from, count } = ports;
  const free: number[] = [];
  for (let first = from; first + count - 1 <= lastPort && free.length < enough; first += count) {
    signal.throwIfAborted();
    const range = { from: first, count };
    if (isGiven(selectAgents(hub), range)) continue;
    if (await arePortsFree(range)) free.push(first);
  }
  if (free.length === 0) throw musherError('PORTS_TAKEN', { agent, from, count });
  return {
    type: 'agent.equip',
    data: { agent, session, count, free, ...(wish && { setup: wish }) },
  };
}

/** The start goes on with them. Of one that was stopped meanwhile, nothing is wished any more. */
export function decideEquip(
  { state }: DecideContext<AgentsState>,
  { agent, session, count, free, setup }: CommandData<typeof contract, 'agent.equip'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(state, agent);
  if (!found.ok) return found;
  if (found.value.state !== 'starting' || found.value.session !== session) return decided({}, []);
  const from = free.find((first) => !isGiven(state, { from: first, count }));
  if (from === undefined) {
    const error = toWireError('PORTS_TAKEN', { agent, from: free[0] ?? 0, count });
    const failed = { agent, during: 'starting', to: 'stopped', error } as const;
    return decided({}, [newEvent(agents, 'agent.failed', failed)]);
  }
  return decided(
    {},
    [newEvent(agents, 'agent.ports_given', { agent, from, count })],
    [
      {
        kind: 'agent.launch',
        lane: `agent/${agent}`,
        data: { agent, session, ...(setup && { setup }) },
      },
    ],
  );
}

function isGiven({ byId }: Pick<AgentsState, 'byId'>, { from, count }: PortRange): boolean {
  return byId
    .values()
    .some(({ ports }) => ports && from < ports.from + ports.count && ports.from < from + count);
}

export function portsEnv({ ports }: Pick<Agent, 'ports'>): Readonly<Record<string, string>> {
  if (ports === undefined) return {};
  return { MUSHER_PORT: String(ports.from), MUSHER_PORT_COUNT: String(ports.count) };
}

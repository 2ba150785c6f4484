/** What waits for the operator, from agents: those that failed, and nobody has looked. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { agents as contract } from '../../../preload/contract/agents.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';

type Failed = EventData<typeof contract, 'agent.failed'>;

interface Exited {
  readonly agent: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly expected?: boolean;
}

function settles({ data }: EventEnvelope): WaitChange[] {
  return [{ settles: `agent/${(data as { agent: string }).agent}` }];
}

function failed(agent: string, title: string): WaitChange[] {
  return [
    { opens: { kind: 'agent', subject: agent, to: 'operator', agent, title, isBlocking: false } },
  ];
}

export const agentWaits: Waits = {
  'agent.failed': ({ data }) => {
    const { agent, error } = data as Failed;
    return failed(agent, error.message);
  },
  'terminal.exited': ({ data }) => {
    const { agent, exitCode, signal, expected } = data as Exited;
    if (expected !== false) return [];
    return failed(agent, `Its program ended by itself: ${signal ?? `exit code ${exitCode}`}`);
  },
  'agent.state_changed': settles,
  'agent.launched': settles,
  'agent.destroyed': settles,
  'agent.purged': settles,
};

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

function howItEnded(exitCode: number | null, signal: string | null): string {
  if (signal !== null) return `was ended by ${signal}`;
  // Found gone by a start: nobody saw it end.
  if (exitCode === null) return 'ended, and nobody saw how';
  return exitCode === 0 ? 'ended by itself' : `ended with exit code ${exitCode}`;
}

export const agentWaits: Waits = {
  'agent.failed': ({ data }) => {
    const { agent, error } = data as Failed;
    return failed(agent, error.message);
  },
  'terminal.exited': ({ data }) => {
    const { agent, exitCode, signal, expected } = data as Exited;
    if (expected !== false) return [];
    return failed(agent, `Its program ${howItEnded(exitCode, signal)}`);
  },
  // It helps itself; where that ends, it says so anew.
  'agent.restart_scheduled': settles,
  'agent.restart_given_up': ({ data }) => {
    const { agent, tries } = data as EventData<typeof contract, 'agent.restart_given_up'>;
    return failed(agent, `Its program ended again after ${tries} restarts; nothing starts it now`);
  },
  'agent.state_changed': settles,
  'agent.launched': settles,
  'agent.destroyed': settles,
  'agent.purged': settles,
};

/** Does one thing with several agents, and keeps what became of it with each until it is closed; gone with the page. */
import { useCallback } from 'react';
import { create } from 'zustand';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import type { Bridge } from '../../../hub/bridge.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { selectRecords } from '../../../hub/use-records.ts';
import { toWireErrorOf } from '../../../hub/wire-error.ts';
import { openAgentsDialog } from '../agents-ui.ts';
import { byAge } from '../present-agent.ts';
import { ableOf, type BulkAction, bulkWarning } from './bulk.ts';

export interface BulkOutcome {
  readonly agent: string;
  /** Why it was not done; undefined where the hub does it. */
  readonly refused: string | undefined;
}

interface Told {
  readonly action: BulkAction;
  /** Undefined while the hub is asked. */
  readonly outcomes: readonly BulkOutcome[] | undefined;
}

export const useBulkTold = create<{ readonly told: Told | undefined }>(() => ({ told: undefined }));

export function forgetBulk(): void {
  useBulkTold.setState({ told: undefined });
}

/** Asks first where agents would leave sight; each is then as it is at that moment. */
export function useBulk(): (action: BulkAction, agents: readonly string[]) => void {
  const run = useBulkNow();
  return useCallback(
    (action, agents) => {
      if (bulkWarning(action, agents)) openAgentsDialog({ kind: 'confirm-bulk', action, agents });
      else run(action, agents);
    },
    [run],
  );
}

/** What was asked about, or need not be. */
export function useBulkNow(): (action: BulkAction, agents: readonly string[]) => void {
  const { bridge, mirror } = useHub();
  return useCallback(
    (action, ids) => {
      const records = selectRecords(mirror.getState(), 'agent').filter(({ id }) =>
        ids.includes(id),
      );
      void tell(bridge, action, [...records].sort(byAge));
    },
    [bridge, mirror],
  );
}

async function tell(
  bridge: Bridge,
  action: BulkAction,
  agents: readonly AgentRecord[],
): Promise<void> {
  const { able, left } = ableOf(agents, action);
  const told: Told = { action, outcomes: undefined };
  useBulkTold.setState({ told });
  const asked = await Promise.all(able.map((agent) => ask(bridge, action, agent)));
  // Another one was begun meanwhile: its outcomes are what is waited for now.
  if (useBulkTold.getState().told !== told) return;
  const notAsked = left.map(({ agent, why }) => ({ agent, refused: why }));
  useBulkTold.setState({ told: { action, outcomes: [...asked, ...notAsked] } });
}

async function ask(bridge: Bridge, action: BulkAction, agent: string): Promise<BulkOutcome> {
  try {
    await bridge.dispatch(action, { agent });
    return { agent, refused: undefined };
  } catch (thrown) {
    return { agent, refused: toWireErrorOf(thrown).message };
  }
}

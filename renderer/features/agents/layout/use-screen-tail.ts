import { useEffect, useMemo, useRef } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import type { WireError } from '../../../../preload/contract/errors.ts';
import { useConnection } from '../../../hub/connection.ts';
import { useQuery } from '../../../hub/use-command.ts';
import { useLive } from '../../../hub/use-records.ts';
import { tailOf } from './screen-tail.ts';

export interface ScreenTail {
  /** Undefined until it is known. */
  readonly lines: readonly string[] | undefined;
  readonly error: WireError | undefined;
}

/**
 * The last lines of a screen, without a terminal: its program keeps its size, and nothing is asked while it is out of
 * sight. They are had anew when the program has said something, which is looked at every five seconds.
 */
export function useScreenTail(agent: AgentRecord, most: number, isVisible: boolean): ScreenTail {
  const isLive = useConnection().state === 'live';
  const isAsked = isVisible && isLive && agent.state === 'running';
  const { result, error, reload } = useQuery(
    'agent.screen',
    isAsked ? { agent: agent.id } : undefined,
  );
  const heardMs = useLive('output', agent.id)?.atMs;
  const known = useRef(heardMs);
  useEffect(() => {
    if (known.current === heardMs) return;
    known.current = heardMs;
    reload();
  }, [heardMs, reload]);
  const lines = useMemo(() => result && tailOf(result.text, most), [result, most]);
  return { lines, error };
}

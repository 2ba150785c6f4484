/** Which recording the address names: `agent/backend/3/1700000000000`, `agent/backend/3` where that is the only one, or `agent/backend` for its newest. Pure. */
import type { Recording } from '../../../preload/contract/recordings.ts';
import { keyOfTarget } from '../../../preload/contract/place.ts';

export interface Which {
  readonly agent: string;
  readonly session?: number;
  readonly startMs?: number;
}

export function toTarget({
  agent,
  session,
  startMs,
}: Pick<Recording, 'agent' | 'session' | 'startMs'>) {
  return `agent/${agent}/${session}/${startMs}`;
}

/** Undefined for the list. */
export function parseTarget(target: string | undefined): Which | undefined {
  const [agent, session, startMs] = (keyOfTarget(target, 'agent') ?? '').split('/');
  if (!agent) return undefined;
  if (!/^\d+$/.test(session ?? '')) return { agent };
  const which = { agent, session: Number(session) };
  if (startMs === undefined) return which;
  return /^\d+$/.test(startMs) ? { ...which, startMs: Number(startMs) } : { agent };
}

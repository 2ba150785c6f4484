/** Which recording the address names: `agent/backend/3/1700000000000`, or `agent/backend` for its newest. Pure. */
import type { Recording } from '../../../preload/contract/recordings.ts';
import { keyOfTarget } from '../../shell/route.ts';

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
  const isExact = /^\d+$/.test(session ?? '') && /^\d+$/.test(startMs ?? '');
  return isExact ? { agent, session: Number(session), startMs: Number(startMs) } : { agent };
}

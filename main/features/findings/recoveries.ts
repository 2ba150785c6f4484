/** Agents whose program ended or failed, and ran again. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { hit } from './hit.ts';
import { type FindingsState, type Folds, sinceMs } from './state.ts';

interface Exited {
  readonly agent: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly expected?: boolean;
}

/** Of one that is down already, the first cause is the cause. */
function fell(state: FindingsState, cause: string, { atMs, data }: EventEnvelope): FindingsState {
  const { agent } = data as { agent: string };
  if (state.down.has(agent)) return state;
  return { ...state, down: state.down.set(agent, { cause, sinceMs: atMs }) };
}

/** Undefined for one that ended well. */
function causeOf({ exitCode, signal }: Exited): string | undefined {
  if (signal !== null) return `ended by ${signal}`;
  if (exitCode === null) return 'ended unseen';
  return exitCode === 0 ? undefined : `exit code ${exitCode}`;
}

function gone(state: FindingsState, { data }: EventEnvelope): FindingsState {
  const down = state.down.delete((data as { agent: string }).agent);
  return down === state.down ? state : { ...state, down };
}

export const recoveryFolds: Folds = {
  'terminal.exited': (state, event) => {
    const exited = event.data as Exited;
    const cause = exited.expected === false ? causeOf(exited) : undefined;
    return cause === undefined ? state : fell(state, cause, event);
  },
  'agent.failed': (state, event) => {
    const { error } = event.data as { error: { code: string } };
    return fell(state, error.code, event);
  },
  'agent.launched': (state, event) => {
    const { agent } = event.data as { agent: string };
    const down = state.down.get(agent);
    if (down === undefined) return state;
    const found = {
      ...{ category: 'recovery' as const, subject: [agent, down.cause], agents: [agent] },
      lastedMs: sinceMs(down.sinceMs, event),
    };
    return { ...gone(state, event), found: hit(state.found, found, event) };
  },
  'agent.destroyed': gone,
  'agent.purged': gone,
};

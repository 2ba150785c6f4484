/** How long agents were stuck, by the shapes of the watchdog. That one waits for the operator is measured by itself. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { hit } from './hit.ts';
import { type FindingsState, type Folds, sinceMs } from './state.ts';

function over(state: FindingsState, shape: string, event: EventEnvelope): FindingsState {
  const { agent } = event.data as { agent: string };
  const { [shape]: beginMs, ...others } = state.stuck.get(agent) ?? {};
  if (beginMs === undefined) return state;
  const lastedMs = sinceMs(beginMs, event);
  const found = { category: 'stuck' as const, subject: [agent, shape], agents: [agent], lastedMs };
  const isFree = Object.keys(others).length === 0;
  return {
    ...state,
    found: hit(state.found, found, event),
    stuck: isFree ? state.stuck.delete(agent) : state.stuck.set(agent, others),
  };
}

/** Whatever ends its program, or holds it, ends all of it. */
function allOver(state: FindingsState, event: EventEnvelope): FindingsState {
  const { agent } = event.data as { agent: string };
  const shapes = Object.keys(state.stuck.get(agent) ?? {});
  return shapes.reduce((left, shape) => over(left, shape, event), state);
}

export const stuckFolds: Folds = {
  'watchdog.stuck_found': (state, event) => {
    const {
      agent,
      shape,
      sinceMs: beginMs,
    } = event.data as {
      agent: string;
      shape: string;
      sinceMs: number;
    };
    const known = state.stuck.get(agent) ?? {};
    if (shape === 'blocked-on-supervisor' || shape in known) return state;
    return { ...state, stuck: state.stuck.set(agent, { ...known, [shape]: beginMs }) };
  },
  'watchdog.stuck_gone': (state, event) => {
    const { shape } = event.data as { shape: string };
    return over(state, shape, event);
  },
  'agent.hooked': (state, event) => {
    const { event: told } = event.data as { event: string };
    return told === 'waiting' ? state : over(state, 'stuck-on-prompt', event);
  },
  'agent.state_changed': allOver,
  'agent.paused': allOver,
  'terminal.exited': allOver,
  'agent.purged': allOver,
};

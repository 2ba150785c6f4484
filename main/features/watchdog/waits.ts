/** What the operator is told in the inbox: an agent near its limit, and one that is stuck. Nobody waits for an answer. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Shape, watchdog as contract } from '../../../preload/contract/watchdog.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';
import { sayNear } from './limits.ts';

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

const kind = 'watch';

function opens(agent: string, about: string, title: string): WaitChange[] {
  const subject = `${agent}.${about}`;
  return [{ opens: { kind, subject, to: 'operator', agent, title, isBlocking: false } }];
}

function settlesAll({ data }: EventEnvelope): WaitChange[] {
  return [{ settlesAll: { kind, agent: (data as { agent: string }).agent } }];
}

const says: Readonly<Record<Shape, string>> = {
  'stuck-on-prompt': 'It waits at its own screen',
  'stream-timeout': 'The connection to its model broke',
  'context-bloat': 'Its context is large: let it commit, then compact',
  'no-progress': 'It seems to make no progress',
  'blocked-on-supervisor': 'It has waited for you',
};

export function sayStuck({ shape, what }: Pick<Data<'watchdog.stuck_found'>, 'shape' | 'what'>) {
  return `${says[shape]}: ${what}`;
}

export const watchdogWaits: Waits = {
  'watchdog.limit_near': ({ data }) => {
    const near = data as Data<'watchdog.limit_near'>;
    return opens(near.agent, near.kind, sayNear(near));
  },
  'watchdog.near_cleared': ({ data }) => {
    const { agent, kind: limit } = data as Data<'watchdog.near_cleared'>;
    return [{ settles: `${kind}/${agent}.${limit}` }];
  },
  'watchdog.limits_set': ({ data }) => {
    const { agent, ...set } = data as Data<'watchdog.limits_set'>;
    return Object.keys(set).map((limit) => ({ settles: `${kind}/${agent}.${limit}` }));
  },
  'watchdog.stuck_found': ({ data }) => {
    const stuck = data as Data<'watchdog.stuck_found'>;
    // What it waits for stands in the inbox already.
    if (stuck.shape === 'blocked-on-supervisor') return [];
    return opens(stuck.agent, stuck.shape, sayStuck(stuck));
  },
  'watchdog.stuck_gone': ({ data }) => {
    const { agent, shape } = data as Data<'watchdog.stuck_gone'>;
    return [{ settles: `${kind}/${agent}.${shape}` }];
  },
  'agent.hooked': ({ data }) => {
    const { agent, event } = data as { agent: string; event: string };
    return event === 'waiting' ? [] : [{ settles: `${kind}/${agent}.stuck-on-prompt` }];
  },
  'agent.state_changed': settlesAll,
  'agent.paused': ({ data }) => {
    const { agent } = data as { agent: string };
    return Object.keys(says).map((shape) => ({ settles: `${kind}/${agent}.${shape}` }));
  },
  'terminal.exited': settlesAll,
  'agent.purged': settlesAll,
};

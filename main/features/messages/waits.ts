/** What waits for the operator, from messages: what was written to it and is not read. */
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';
import type { SentData } from './slice.ts';

export const messageWaits: Waits = {
  'message.sent': ({ data, actor, seq }) => {
    const { to, body, re, kind } = data as SentData;
    const agent = agentIdOf(actor);
    const names = typeof to === 'string' ? [to] : to;
    if (agent === undefined)
      return [...(re === undefined ? [] : [{ settles: `message/${re}` }]), ...names.map(heard)];
    if (!names.includes('operator') || kind === 'verify-now') return [];
    const item = { kind: 'message', subject: `${seq}`, agent, title: body } as const;
    return [{ opens: { ...item, to: 'operator', isBlocking: kind === 'blocked' } }];
  },
  'inbox.acked': ({ data }): WaitChange[] => {
    const { agent, upTo } = data as { agent: string; upTo: number };
    const read = { kind: 'message', upToSeq: upTo, isBlocking: false };
    return agent === 'operator' ? [{ settlesAll: read }] : [];
  },
  'agent.destroyed': ({ data }) => [heard((data as { agent: string }).agent)],
};

/** Whatever the operator tells an agent ends what it was blocked on. */
function heard(agent: string): WaitChange {
  return { settlesAll: { kind: 'message', agent, isBlocking: true } };
}

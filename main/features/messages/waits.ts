/** What waits for the operator, from messages: what was written to it and is not read. */
import { agentIdOf } from '../../../preload/contract/envelope.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';
import type { SentData } from './slice.ts';

export const messageWaits: Waits = {
  'message.sent': ({ data, actor, seq }) => {
    const { to, body, re } = data as SentData;
    const agent = agentIdOf(actor);
    if (agent === undefined) return re === undefined ? [] : [{ settles: `message/${re}` }];
    if (to !== 'operator') return [];
    const item = { kind: 'message', subject: `${seq}`, to, agent, title: body } as const;
    return [{ opens: { ...item, isBlocking: false } }];
  },
  'inbox.acked': ({ data }): WaitChange[] => {
    const { agent, upTo } = data as { agent: string; upTo: number };
    return agent === 'operator' ? [{ settlesAll: { kind: 'message', upToSeq: upTo } }] : [];
  },
};

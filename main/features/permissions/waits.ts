/** What waits for the operator, from permissions. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { permissions as contract } from '../../../preload/contract/permissions.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';

type Asked = EventData<typeof contract, 'permission.asked'>;

function settles({ data }: EventEnvelope): WaitChange[] {
  return [{ settles: `permission/${(data as { permission: string }).permission}` }];
}

function settlesAll({ data }: EventEnvelope): WaitChange[] {
  return [{ settlesAll: { kind: 'permission', agent: (data as { agent: string }).agent } }];
}

export const permissionWaits: Waits = {
  'permission.asked': ({ data }) => {
    const { permission: subject, agent, tool, subject: what } = data as Asked;
    const title = `${tool}: ${what}`;
    return [
      { opens: { kind: 'permission', subject, to: 'operator', agent, title, isBlocking: true } },
    ];
  },
  'permission.allowed': settles,
  'permission.denied': settles,
  'permission.closed': settles,
  'terminal.exited': settlesAll,
  'agent.hooked': (event) =>
    (event.data as { event: string }).event === 'idle' ? settlesAll(event) : [],
};

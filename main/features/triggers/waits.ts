/** What the operator is told in the inbox: a trigger that was paused, and one that was to fire once and failed. Nobody waits for an answer. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { triggers as contract } from '../../../preload/contract/triggers.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

const kind = 'trigger';

function opens(subject: string, title: string): WaitChange[] {
  return [{ opens: { kind, subject, to: 'operator', agent: '', title, isBlocking: false } }];
}

function settles({ data }: EventEnvelope): WaitChange[] {
  return [{ settles: `${kind}/${(data as { trigger: string }).trigger}` }];
}

export const triggerWaits: Waits = {
  'trigger.paused': (event) => {
    const { trigger, name, reason, detail = '' } = event.data as Data<'trigger.paused'>;
    return reason === 'operator' ? settles(event) : opens(trigger, `${name} was paused. ${detail}`);
  },
  'trigger.acted': ({ data }) => {
    const { trigger, name, outcome, detail = '', once } = data as Data<'trigger.acted'>;
    if (once !== true || outcome === 'done') return [];
    return opens(trigger, `${name} fired once, and what it does failed: ${detail}`);
  },
  'trigger.resumed': settles,
  'trigger.edited': settles,
  'trigger.removed': settles,
};

/** What happened to triggers, for who reads it: in the log, in a trigger's history. Whoever shows it makes it harmless. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { triggers as contract } from '../../../preload/contract/triggers.ts';
import { sayAction } from '../actions/index.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

export function triggerTopic(trigger: string): string {
  return `trigger/${trigger}`;
}

export const describeTriggers: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'trigger.added': ({ data }) => {
    const { trigger, name, on, action } = data as Data<'trigger.added'>;
    return `Trigger ${trigger} (${name}) was added: on ${on.join(', ')}, ${sayAction(action)}`;
  },
  'trigger.edited': ({ data }) => {
    const { trigger, name, fields } = data as Data<'trigger.edited'>;
    return `Trigger ${trigger} (${name}) was edited: ${fields.join(', ')}`;
  },
  'trigger.paused': ({ data }) => {
    const { trigger, name, detail } = data as Data<'trigger.paused'>;
    return `Trigger ${trigger} (${name}) was paused${detail === undefined ? '' : `. ${detail}`}`;
  },
  'trigger.resumed': ({ data }) => {
    const { trigger, name } = data as Data<'trigger.resumed'>;
    return `Trigger ${trigger} (${name}) was armed again`;
  },
  'trigger.removed': ({ data }) => {
    const { trigger, name } = data as Data<'trigger.removed'>;
    return `Trigger ${trigger} (${name}) was removed`;
  },
  'trigger.fired': ({ data }) => {
    const { trigger, name, on, does } = data as Data<'trigger.fired'>;
    return `Trigger ${trigger} (${name}) fired on event ${on.seq} (${on.type}): ${does}`;
  },
  'trigger.acted': ({ data }) => {
    const { trigger, name, on, outcome, detail } = data as Data<'trigger.acted'>;
    const said = detail === undefined ? '' : `: ${detail}`;
    const end = outcome === 'done' ? 'did' : 'failed to do';
    return `Trigger ${trigger} (${name}) ${end} what it is for, on event ${on}${said}`;
  },
  'trigger.noted': ({ data }) => {
    const { trigger, name, text } = data as Data<'trigger.noted'>;
    return `Trigger ${trigger} (${name}): ${text}`;
  },
};

export function triggerTopics({ data }: EventEnvelope): string[] {
  return [triggerTopic((data as { trigger: string }).trigger)];
}

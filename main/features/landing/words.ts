/** What happened on the way of a story, for who reads it. Untrusted words stay as they are. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { landing as contract } from '../../../preload/contract/landing.ts';
import { storyTopic } from '../stories/index.ts';

type Told<K extends keyof (typeof contract)['events'] & string> = EventData<typeof contract, K>;

export const describeLanding: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'landing.review_begun': ({ data }) => {
    const { story, reviewer, approval } = data as Told<'landing.review_begun'>;
    return `${reviewer} is to review ${approval} of story ${story}.`;
  },
  'landing.reviewed': ({ data }) => {
    const { story, title, verdict, why } = data as Told<'landing.reviewed'>;
    return `Review of story ${story} (${title}): ${verdict === 'pass' ? 'passed' : 'not passed'}. ${why}`;
  },
  'landing.review_ended': ({ data }) => {
    const { story, why } = data as Told<'landing.review_ended'>;
    return `The review of story ${story} by an agent came to nothing: the operator is asked. ${why}`;
  },
  'landing.mending_begun': ({ data }) => {
    const { story, title, agent, kind } = data as Told<'landing.mending_begun'>;
    return `${agent} is to mend the merge of story ${story} (${title}): ${kind}.`;
  },
  'landing.left': ({ data }) => {
    const { story, title, why } = data as Told<'landing.left'>;
    return `Story ${story} (${title}) is left to the operator. ${why}`;
  },
};

export function landingTopics({ data }: EventEnvelope): string[] {
  return [storyTopic((data as { story: string }).story)];
}

/** What happened to stories, for who reads it: in an inbox, in the log, in a story's history. Whoever shows it makes it harmless. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { stories as contract } from '../../../preload/contract/stories.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { Place, StoryCause } from '../../../preload/contract/story-facts.ts';
import { inboxTopic } from '../messages/index.ts';
import { storyTopic } from './list.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

export const describeStories: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'story.added': ({ data }) => {
    const { story, title, source } = data as Data<'story.added'>;
    return `Story ${story} was ${source === undefined ? 'written' : `imported from ${source.name}`}: ${title}`;
  },
  'story.edited': ({ data }) => {
    const { story, title, fields, imported } = data as Data<'story.edited'>;
    const names = Object.keys(fields).join(', ') || 'where it comes from';
    const how = imported === true ? 'came from its source again' : 'was edited';
    return `Story ${story} (${title}) ${how}: ${names}. Read it again: musher story show ${story}`;
  },
  'story.ticked': ({ data }) => {
    const { story, criterion, text } = data as Data<'story.ticked'>;
    return `Criterion ${criterion} of ${story} is met: ${text}`;
  },
  'story.unticked': ({ data }) => {
    const { story, criterion, text } = data as Data<'story.unticked'>;
    return `Criterion ${criterion} of ${story} is not met after all: ${text}`;
  },
  'story.assigned': ({ data }) => {
    const { story, title, agent, former } = data as Data<'story.assigned'>;
    if (agent === undefined)
      return `Story ${story} (${title}) was taken from ${former ?? 'its agent'}.`;
    const from = former === undefined ? '' : `, in place of ${former}`;
    return `Story ${story} (${title}) is ${agent}’s now${from}. Read it: musher story show ${story}`;
  },
  'story.sealed': ({ data }) => {
    const { story, title, commit, approval } = data as Data<'story.sealed'>;
    return `Story ${story} (${title}): ${commit.slice(0, 10)} is about to be merged by ${approval}.`;
  },
  'story.moved': ({ data }) => {
    const { story, title, from, place, note, transition } = data as Data<'story.moved'>;
    const more = [sayPlace(place), note ?? ''].filter((part) => part !== '').join('; ');
    return `Story ${story} (${title}): ${from} → ${place.stage} by ${transition}${more === '' ? '' : `: ${more}`}`;
  },
};

function sayPlace(place: Place): string {
  switch (place.stage) {
    case 'merge_failed':
      return [place.kind, place.detail ?? ''].filter((part) => part !== '').join(', ');
    case 'done':
      return place.merge === undefined
        ? (place.reason ?? '')
        : `merged as ${place.merge.mergeCommit.slice(0, 10)}`;
    case 'superseded':
      return `${place.by} takes its place`;
    case 'blocked':
    case 'held':
    case 'frozen':
    case 'abandoned':
      return place.reason ?? '';
    default:
      return '';
  }
}

/** Its own history; and whoever's story it is hears what others do to it. */
export function storyTopics({ data, actor }: EventEnvelope): string[] {
  const { story, agent, former, cause } = data as {
    story: string;
    agent?: string;
    former?: string;
    cause?: StoryCause;
  };
  const self = agentIdOf(actor);
  // The pipeline hands it over in words of its own.
  const told = cause?.kind === 'pipeline' ? [former] : [agent, former];
  const concerned = told.filter((one) => one !== undefined && one !== self) as string[];
  return [storyTopic(story), ...concerned.map(inboxTopic)];
}

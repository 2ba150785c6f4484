/** What the pipeline did and why, for who reads it: in an inbox, in the log. Whoever shows it makes it harmless. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { pipeline as contract } from '../../../preload/contract/pipeline.ts';
import type { stories } from '../../../preload/contract/stories.ts';
import { inboxTopic } from '../messages/index.ts';

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

/** Of the text of a failure; its agent can read all of it in the story’s history. */
const mostChars = 6_000;

const heads: Readonly<Record<string, string>> = {
  fail: 'It was checked, and is not good enough yet',
  reject: 'It was reviewed, and is not good enough yet',
  fail_merge: 'It could not be merged',
  fix: 'It could not be merged; mend it',
  abort_merge: 'It is not to be merged yet',
  unblock: 'It was blocked, and may go on',
  release: 'It was held, and may go on',
  unfreeze: 'It was frozen, and may go on',
};

/** Why a story came to where it is, for its agent. */
export function sayBack({
  transition,
  place,
  note,
}: Pick<EventData<typeof stories, 'story.moved'>, 'transition' | 'place' | 'note'>): string {
  const head = heads[transition] ?? 'It is to go on';
  const failure =
    place.stage === 'merge_failed' ? [place.kind, place.detail ?? ''].filter(Boolean) : [];
  const more = [...failure, note ?? ''].filter(Boolean).join(': ');
  return (more === '' ? `${head}.` : `${head}: ${more}`).slice(0, mostChars);
}

export const describePipeline: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'pipeline.started': () => 'The pipeline runs: stories go to agents by themselves.',
  'pipeline.paused': ({ data }) => {
    const { reason } = data as Data<'pipeline.paused'>;
    return `The pipeline is paused${reason === undefined ? '' : `: ${reason}`}.`;
  },
  'pipeline.begun': ({ data }) => {
    const { story, title, agent, profile } = data as Data<'pipeline.begun'>;
    return `Story ${story} (${title}) begins: agent ${agent}, profile ${profile}.`;
  },
  'pipeline.dropped': ({ data }) =>
    `Story ${(data as Data<'pipeline.dropped'>).story} does not begin after all.`,
  'pipeline.failed': ({ data }) => {
    const { story, title, agent, error } = data as Data<'pipeline.failed'>;
    return `Agent ${agent} of story ${story} (${title}) could not be made: ${error.message}`;
  },
  'pipeline.handed': ({ data }) => {
    const { story, title, inInbox, text } = data as Data<'pipeline.handed'>;
    return inInbox ? text : `Story ${story} (${title}) was handed to its agent.`;
  },
  'pipeline.ended': ({ data }) => {
    const { story, title, agent, what, how } = data as Data<'pipeline.ended'>;
    return `Agent ${agent} of story ${story} (${title}): ${restarts[how] ?? what}`;
  },
  'pipeline.reminded': ({ data }) => (data as Data<'pipeline.reminded'>).text,
};

/** What is said to the agent itself, for others. */
const restarts: Readonly<Record<string, string>> = {
  again: 'its program ended without a commit, and is started again.',
  resume: 'its program was ended, not by itself, and is started again.',
};

/** An agent is told of what it is given: not again in the history of the story, which has why it was. */
export function pipelineTopics({ type, data }: EventEnvelope): string[] {
  const { story, agent, inInbox } = data as { story?: string; agent?: string; inInbox?: boolean };
  if (story === undefined) return [];
  if (type === 'pipeline.reminded' && agent !== undefined) return [inboxTopic(agent)];
  if (type !== 'pipeline.handed') return [`story/${story}`];
  return inInbox === true && agent !== undefined ? [inboxTopic(agent)] : [];
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

/** `ended with exit code 3`. */
export function sayExit({ code, signal }: Ended): string {
  if (signal !== null) return `was ended by ${signal}`;
  if (code === null) return 'ended, and nobody saw how';
  return code === 0 ? 'ended' : `ended with exit code ${code}`;
}

export function sayAgain(exit: Ended, { left, same }: { left: number; same: number }): string {
  const said = same > 0 ? 'without a commit and without a change' : 'without a commit';
  const tries = left === 1 ? 'once more' : `${left} times more`;
  return `Your program ${sayExit(exit)} ${said}, but the story is not done. Look at where you were and go on; commit your work and submit it. You are started ${tries} before the story is blocked.`;
}

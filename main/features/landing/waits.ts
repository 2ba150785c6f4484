/** What of stories waits for the operator: one that is blocked or held, and an answer that somebody has to read. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { landing as contract } from '../../../preload/contract/landing.ts';
import type { stories } from '../../../preload/contract/stories.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';

const idOf = (story: string) => `story/${story}`;

function moved({ data }: EventEnvelope): WaitChange[] {
  const { story, title, place, agent = '' } = data as EventData<typeof stories, 'story.moved'>;
  const settles = { settles: idOf(story) };
  if (place.stage !== 'blocked' && place.stage !== 'held') return [settles];
  const why = place.reason === undefined ? '' : `: ${place.reason}`;
  const said = `${story} is ${place.stage}${why} (${title})`;
  return [settles, opens(story, agent, said)];
}

function left({ data }: EventEnvelope): WaitChange[] {
  const { story, title, agent = '', why } = data as EventData<typeof contract, 'landing.left'>;
  return [opens(story, agent, `${story} (${title}): ${why}`)];
}

/** Nobody is stopped by it: its agent may be told to do something else. */
function opens(story: string, agent: string, title: string): WaitChange {
  return {
    opens: { kind: 'story', subject: story, to: 'operator', agent, title, isBlocking: false },
  };
}

export const landingWaits: Waits = { 'story.moved': moved, 'landing.left': left };

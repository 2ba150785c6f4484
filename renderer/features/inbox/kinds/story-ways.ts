/** What can be done with a story that waits for the operator, and what that is called. Pure. */
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { StoryStage } from '../../../../preload/contract/story-stages.ts';
import type { SendCommand } from '../../../hub/use-command.ts';

export interface StoryWay {
  readonly word: string;
  readonly key?: string;
  /** As it is said while it can be undone. */
  readonly what: string;
  /** One command after the other; where one is refused, the next is not sent. */
  readonly take: (send: SendCommand) => Promise<boolean>;
}

const stageWords: Readonly<Record<StoryStage, string>> = {
  backlog: 'the backlog',
  coding: 'coding',
  qa: 'its check',
  merge: 'its merge',
  merge_failed: 'its failed merge',
  done: 'done',
  archived: 'the archive',
  blocked: 'blocked',
  held: 'held',
  frozen: 'frozen',
  abandoned: 'abandoned',
  superseded: 'superseded',
};

export function wordOf(stage: StoryStage): string {
  return stageWords[stage];
}

type Take = StoryWay['take'];

/** The likeliest first. */
export function waysOf({ id: story, place }: StoryRecord): readonly StoryWay[] {
  const move =
    (to: StoryStage, reason?: string): Take =>
    (send) =>
      send('story.move', { story, to, ...(reason !== undefined && { reason }) });
  const unblock: Take = (send) => send('story.unblock', { story });
  const giveUp = {
    ...{ word: 'Abandon', what: `Abandoned ${story}` },
    take: (send: SendCommand) => send('story.abandon', { story }),
  };
  const coding = (take: Take) => ({
    ...{ word: 'Back to coding', key: 'c', what: `Sent ${story} back to coding`, take },
  });
  if (place.stage === 'blocked') {
    const { stage } = place.over;
    const word = stage === 'merge_failed' ? 'Try the merge again' : 'Unblock';
    const first = { word, key: 'u', what: `Unblocked ${story}`, take: unblock };
    const back = coding(async (send) => (await unblock(send)) && (await move('coding')(send)));
    return [first, ...(checked.has(stage) ? [back] : []), giveUp];
  }
  if (place.stage === 'held') {
    const take: Take = (send) => send('story.release', { story });
    const first = { word: 'Release', key: 'u', what: `Released ${story}`, take };
    return [first, ...(checked.has(place.over.stage) ? [coding(move('coding'))] : []), giveUp];
  }
  const conclude = move('done', 'Its answer was read.');
  return [
    { word: 'Conclude', key: 'a', what: `Concluded ${story}`, take: conclude },
    coding(move('coding')),
    giveUp,
  ];
}

/** From where work goes back. */
const checked: ReadonlySet<string> = new Set(['qa', 'merge', 'merge_failed']);

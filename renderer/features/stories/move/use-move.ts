import { useCallback } from 'react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { StoryStage } from '../../../../preload/contract/story-stages.ts';
import { canUndo, subjectsOf } from '../../../hub/decisions.ts';
import { type Hub, useHub } from '../../../hub/hub-context.tsx';
import { useSend } from '../../../hub/use-command.ts';
import { useDecide } from '../../../shell/use-decisions.ts';
import { nowMs } from '../../../ui/clock.ts';
import { stageTitles } from '../stage-words.ts';
import { addMoved, dropMoved, type Moved, useMoved } from './moved.ts';
import type { Said } from './targets.ts';

export type MoveStory = (story: StoryRecord, to: StoryStage, said?: Said) => void;

let lastMove = 0;

/**
 * Moves a story: shown at once, sent after the time in which it can be undone, and back where it was when the hub refuses. One
 * that is moved on before sends the step before it at once; moved back, that step is undone and nothing is sent.
 */
export function useMove(): MoveStory {
  const hub = useHub();
  const send = useSend();
  const decide = useDecide();
  return useCallback(
    (story, to, said = {}) => {
      const before = useMoved.getState().moves.findLast((one) => one.story === story.id);
      const from = story.place.stage;
      if (before?.from === to && undo(hub, before)) return;
      if (before !== undefined) hub.decisions.sendNow(before.subject);
      lastMove += 1;
      const subject = `story-move/${story.id}/${lastMove}`;
      const { promise: settled, resolve } = Promise.withResolvers<boolean>();
      const settle = (isTaken: boolean) => {
        dropMoved(subject);
        resolve(isTaken);
        return isTaken;
      };
      addMoved({ story: story.id, subject, from, to, settled }, said, nowMs());
      decide({
        subject,
        what: `Moved ${story.id} from ${stageTitles[from]} to ${stageTitles[to]}`,
        async send() {
          if (before !== undefined && !(await before.settled)) return settle(false);
          return settle(await send('story.move', { story: story.id, to, from, ...said }));
        },
        onBack: (why) => why === 'undone' && settle(false),
      });
    },
    [hub, send, decide],
  );
}

/** False when it is on its way already. */
function undo({ decisions }: Hub, { subject }: Moved): boolean {
  const held = decisions.store
    .getState()
    .find((one) => canUndo(one) && subjectsOf(one).includes(subject));
  return held !== undefined && decisions.undo(held.id);
}

import { useCallback } from 'react';
import type { StoryStage } from '../../../../preload/contract/story-stages.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { showError } from '../../../ui/toast.tsx';
import { stageTitles } from '../stage-words.ts';
import { openDialog } from '../stories-ui.ts';
import { worldOf } from '../use-stories.ts';
import { sayLegal, targetsOf } from './targets.ts';
import { useMove } from './use-move.ts';

/** Moves a story where that is legal; asks first for what the move needs, and says why where it cannot be. */
export function useStartMove(): (story: string, to: StoryStage) => void {
  const { mirror } = useHub();
  const move = useMove();
  return useCallback(
    (id, to) => {
      const world = worldOf(mirror);
      const story = world.story(id);
      if (story === undefined) return;
      const targets = targetsOf(story, world);
      const target = targets.find(({ stage }) => stage === to);
      if (target?.transition === undefined) {
        showError({
          code: 'STORY_MOVE_ILLEGAL',
          message: `${id} cannot go to ${stageTitles[to]}: ${target?.why ?? 'it is there'}.`,
          mend: `It may go to: ${sayLegal(targets)}.`,
        });
        return;
      }
      if (target.asks.length > 0) openDialog({ kind: 'move', story: id, target });
      else move(story, to);
    },
    [mirror, move],
  );
}

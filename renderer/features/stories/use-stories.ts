/** Stories as this page knows them: the hub's records, and on top of them where they were moved here a moment ago. */
import { useMemo } from 'react';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import type { Table } from '../../../preload/contract/table.ts';
import { useStore } from 'zustand';
import { useHub } from '../../hub/hub-context.tsx';
import type { MirrorStore } from '../../hub/mirror.ts';
import { selectRecord, selectTable, useTable } from '../../hub/use-records.ts';
import { isInWork, type World } from './move/targets.ts';
import { type Moved, useMoved, withMoves } from './move/moved.ts';
import type { Known } from './waits-for.ts';
import { sayUnmet, unmetOf } from './waits-for.ts';

/** The same table until one of them changes. */
export function useStories(): Table<StoryRecord> {
  const table = useTable('story');
  const moves = useMoved(({ moves }) => moves);
  return useMemo(() => withMoves(table, moves), [table, moves]);
}

export function useStory(id: string | undefined): StoryRecord | undefined {
  const { mirror } = useHub();
  const record = useStore(mirror, (state) => selectRecord(state, 'story', id));
  const moves = useMoved(({ moves }) => moves);
  return useMemo(() => record && withMoves1(record, moves), [record, moves]);
}

function withMoves1(record: StoryRecord, moves: readonly Moved[]): StoryRecord {
  return moves.reduce((story, one) => (one.story === story.id ? one.apply(story) : story), record);
}

/** As it is now, for what is asked once: a key, a drop. */
export function worldOf(mirror: MirrorStore): World & { readonly table: Table<StoryRecord> } {
  const state = mirror.getState();
  const table = withMoves(selectTable(state, 'story'), useMoved.getState().moves);
  return {
    table,
    story: (id) => table.get(id),
    gone: (id) => selectRecord(state, 'storyGone', id),
    inWorkOf(agent, except) {
      let found: StoryRecord | undefined;
      table.forEach((story) => {
        if (story.agent === agent && story.id !== except && isInWork(story.place)) found = story;
      });
      return found;
    },
  };
}

export function useKnown(): Known {
  const stories = useStories();
  const gone = useTable('storyGone');
  const nodes = useTable('node');
  return useMemo(
    () => ({
      story: (id) => stories.get(id),
      gone: (id) => gone.get(id),
      nodeName: (id) => nodes.get(id)?.label,
    }),
    [stories, gone, nodes],
  );
}

/** What it waits for, in words: drawn again only when those change. */
export function useWaitsFor(story: StoryRecord): string {
  const { mirror } = useHub();
  return useStore(mirror, (state) => {
    if (story.dependsOn.length === 0 || story.place.stage === 'done') return '';
    const unmet = unmetOf(story, {
      story: (id) => selectRecord(state, 'story', id),
      gone: (id) => selectRecord(state, 'storyGone', id),
    });
    return sayUnmet(unmet);
  });
}

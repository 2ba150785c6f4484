/** Stories in the palette: the newest first, and by what they say those that the hub finds. */
import { Columns3, MoveRight, Pencil, SquareTerminal, Trash2, UserRoundPen } from 'lucide-react';
import { useMemo } from 'react';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { itemsOf } from '../../shell/palette/items-of.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { useAsked } from '../../shell/palette/use-asked.ts';
import { navigate } from '../../shell/ui-state.ts';
import { numberOf } from './board/columns.ts';
import { isInWork, targetsOf } from './move/targets.ts';
import { useStartMove } from './move/use-start-move.ts';
import { StageMark } from './stage-mark.tsx';
import { stageTitles } from './stage-words.ts';
import { openDialog, openStory } from './stories-ui.ts';
import { useStories, useStory, worldOf } from './use-stories.ts';

export const storySource: PaletteSource = {
  ...{ id: 'stories', title: 'Stories', icon: Columns3, prefix: '#' },
  useItems: useStoryItems,
  useFound: (typed) => useAsked(byText, typed),
  Mark: StoryMark,
  open: openStory,
  useVerbs: useStoryVerbs,
};

const toItems = itemsOf<StoryRecord>(({ id, title, labels, agent }) => ({
  ...{ id, title: `${id} ${title}`, mainAt: id.length + 1 },
  keywords: [...labels, ...(agent === undefined ? [] : [agent])],
}));

function useStoryItems(): readonly PaletteItem[] {
  const stories = useStories();
  return useMemo(
    () => toItems([...stories.values()].sort((a, b) => numberOf(b.id) - numberOf(a.id))),
    [stories],
  );
}

const leastChars = 3;

const byText = {
  type: 'story.list' as const,
  toData: (typed: string) =>
    typed.length < leastChars ? undefined : { text: typed, body: true, all: true, limit: 20 },
  toItems: ({ stories }: { stories: ReadonlyArray<Pick<StoryRecord, 'id' | 'title'>> }) =>
    stories.map(({ id, title }) => ({ id, title: `${id} ${title}`, mainAt: id.length + 1 })),
} satisfies Parameters<typeof useAsked<'story.list'>>[0];

function StoryMark({ id }: { id: string }) {
  const story = useStory(id);
  return story ? <StageMark stage={story.place.stage} /> : null;
}

/** What ended and left the board has its page alone. */
function useStoryVerbs(id: string): readonly PaletteVerb[] | undefined {
  const { mirror } = useHub();
  const story = useStory(id);
  const move = useStartMove();
  const show = { id: 'show', title: 'Show', icon: Columns3, run: () => openStory(id) };
  if (story === undefined) return [show];
  const world = worldOf(mirror);
  const legal = targetsOf(story, world).filter(({ transition }) => transition !== undefined);
  const { agent } = story;
  return [
    show,
    ...legal.map(
      ({ stage, why, asks }): PaletteVerb => ({
        id: `move ${stage}`,
        title: `Move to ${stageTitles[stage]}${asks.length > 0 ? '…' : ''}`,
        icon: stage === 'abandoned' ? Trash2 : MoveRight,
        detail: why,
        run: () => move(id, stage),
      }),
    ),
    {
      ...{ id: 'assign', title: agent ? 'Give to another agent…' : 'Give to an agent…' },
      ...{ icon: UserRoundPen, run: () => openDialog({ kind: 'assign', story: id }) },
    },
    {
      ...{ id: 'edit', title: 'Edit what it says', icon: Pencil },
      run: () => navigate('stories', `${id}/edit`),
    },
    ...(agent !== undefined && isInWork(story.place)
      ? [
          {
            ...{ id: 'agent', title: `Show ${agent}`, icon: SquareTerminal },
            run: () => navigate('agents', `agent/${agent}`),
          },
        ]
      : []),
  ];
}

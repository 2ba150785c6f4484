/** Dragging on the board: where a card may be dropped is what the table of transitions says, and what a drop needs is asked for. */
import { Accessibility, Feedback, PointerActivationConstraints, PointerSensor } from '@dnd-kit/dom';
import { DragDropProvider, DragOverlay } from '@dnd-kit/react';
import type { ReactNode } from 'react';
import type { StoryStage } from '../../../../preload/contract/story-stages.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { targetsOf } from '../move/targets.ts';
import { useStartMove } from '../move/use-start-move.ts';
import { setDrag, useStoriesUi } from '../stories-ui.ts';
import { useStory, worldOf } from '../use-stories.ts';
import { CardFace } from './story-card.tsx';

/** A press that does not move so far selects. A finger scrolls, so it has to rest first. */
const start = { movedPx: 5, restMs: 250 };
const sensors = [
  PointerSensor.configure({
    activationConstraints: ({ pointerType }) =>
      pointerType === 'touch'
        ? [new PointerActivationConstraints.Delay({ value: start.restMs, tolerance: 5 })]
        : [new PointerActivationConstraints.Distance({ value: start.movedPx })],
  }),
];

export function BoardDrag({ children }: { children: ReactNode }) {
  const { mirror } = useHub();
  const startMove = useStartMove();
  const begin = (id: string): void => {
    const world = worldOf(mirror);
    const story = world.story(id);
    if (story === undefined) return;
    setDrag({ story: id, from: story.place.stage, targets: targetsOf(story, world) });
  };
  const drop = (data: DropData | undefined): void => {
    const { drag } = useStoriesUi.getState();
    setDrag(undefined);
    const to = data?.stage ?? (data?.column === 'aside' ? undefined : data?.column);
    if (drag !== undefined && to !== undefined && to !== drag.from) startMove(drag.story, to);
  };
  return (
    <DragDropProvider
      sensors={sensors}
      // The board has its own keys and names; those of the library would make each card a button.
      plugins={(defaults) => [
        ...defaults.filter((plugin) => plugin !== Accessibility && plugin !== Feedback),
        Feedback.configure({ dropAnimation: null }),
      ]}
      onDragStart={({ operation }) => begin(String(operation.source?.id))}
      onDragEnd={({ operation, canceled }) =>
        drop(canceled ? undefined : (operation.target?.data as DropData | undefined))
      }
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {(source) => <DraggedCard id={String(source.id)} />}
      </DragOverlay>
    </DragDropProvider>
  );
}

interface DropData {
  readonly column?: StoryStage | 'aside';
  readonly stage?: StoryStage;
}

function DraggedCard({ id }: { id: string }) {
  const story = useStory(id);
  if (story === undefined) return null;
  return (
    <div className="w-full cursor-grabbing rounded-md border border-line-strong bg-raised shadow-float">
      <CardFace story={story} />
    </div>
  );
}

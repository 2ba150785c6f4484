import { useDraggable } from '@dnd-kit/react';
import { memo } from 'react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { noteChosenByHand } from '../../../shell/self-moves.ts';
import { classNames } from '../../../ui/class-names.ts';
import { openStory, select, useStoriesUi } from '../stories-ui.ts';
import { cardIdOf } from './board-ids.ts';
import type { ColumnId } from './columns.ts';
import { CardFace } from './story-card.tsx';

interface BoardCardProps {
  story: StoryRecord;
  at: number;
  total: number;
  column: ColumnId;
}

/** A card in its column: pressed, it is selected; pressed twice, opened; and it can be dragged. */
export const BoardCard = memo(function BoardCard({ story, at, total, column }: BoardCardProps) {
  const { id } = story;
  const { ref, isDragSource } = useDraggable({ id });
  const isSelected = useStoriesUi(({ selection }) => selection?.id === id);
  const choose = () => {
    noteChosenByHand();
    select({ id, column, at });
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the column holds the focus and names this by aria-activedescendant
    <div
      ref={ref}
      id={cardIdOf(id)}
      role="option"
      aria-selected={isSelected}
      aria-label={isDragSource ? `${id}, on its way` : undefined}
      aria-posinset={at + 1}
      aria-setsize={total}
      onPointerDown={choose}
      onDoubleClick={() => openStory(id)}
      className={classNames(
        'border-b [contain:strict] h-22',
        isSelected
          ? 'bg-selected group-focus-visible/column:inset-ring-2 group-focus-visible/column:inset-ring-focus'
          : 'hover:bg-hover',
        // It is under the pointer; here is only where it comes from.
        isDragSource && 'bg-selected [&>*]:invisible',
      )}
    >
      <CardFace story={story} />
    </div>
  );
});

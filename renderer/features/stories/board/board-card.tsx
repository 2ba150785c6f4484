import { useDraggable } from '@dnd-kit/react';
import { memo, type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
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
  const element = useRef<HTMLDivElement>(null);
  // Made ready to be dragged when the pointer comes: of a column that scrolls past, each would cost more than to draw it.
  const [isReady, setReady] = useState(false);
  const isDragSource = useStoriesUi(({ drag }) => drag?.story === id);
  const isSelected = useStoriesUi(({ selection }) => selection?.id === id);
  const choose = () => {
    noteChosenByHand();
    select({ id, column, at });
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the column holds the focus and names this by aria-activedescendant
    <div
      ref={element}
      onPointerEnter={() => flushSync(() => setReady(true))}
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
      {isReady && <Draggable id={id} element={element} />}
    </div>
  );
});

interface DraggableProps {
  id: string;
  element: RefObject<HTMLDivElement | null>;
}

function Draggable({ id, element }: DraggableProps) {
  useDraggable({ id, element });
  return null;
}

import { useUi } from '../../shell/ui-state.ts';
import { BoardView } from './board/board-view.tsx';
import { OverPage } from './page/over-page.tsx';
import { StoryPage } from './page/story-page.tsx';

/** `#/stories`: the board; `#/stories/s-12`, `#/stories/s-12/edit`, `#/stories/over`. */
export function StoriesView() {
  const [first = '', second] = (useUi(({ place }) => place.target) ?? '').split('/');
  if (first === '') return <BoardView />;
  if (first === 'over') return <OverPage />;
  return <StoryPage key={first} id={first} isEditing={second === 'edit'} />;
}

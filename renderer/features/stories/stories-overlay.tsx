import { AssignDialog } from './move/assign-dialog.tsx';
import { MoveDialog } from './move/move-dialog.tsx';
import { TargetsDialog } from './move/targets-dialog.tsx';
import { useStoriesUi } from './stories-ui.ts';
import { ImportDialog } from './writing/import-dialog.tsx';
import { NewStoryDialog } from './writing/new-story-dialog.tsx';

/** What is asked about stories, from wherever one is. */
export function StoriesOverlay() {
  const dialog = useStoriesUi(({ dialog }) => dialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'new':
      return <NewStoryDialog />;
    case 'import':
      return <ImportDialog />;
    case 'targets':
      return <TargetsDialog story={dialog.story} />;
    case 'move':
      return <MoveDialog story={dialog.story} target={dialog.target} />;
    case 'assign':
      return <AssignDialog story={dialog.story} />;
  }
}

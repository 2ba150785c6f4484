import { ArrowLeft, Pencil } from 'lucide-react';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { sayError } from '../../../ui/say-error.ts';
import { ScrollArea } from '../../../ui/scroll-area.tsx';
import { PriorityMark } from '../priority-mark.tsx';
import { typeTitles } from '../stage-words.ts';
import { openDialog } from '../stories-ui.ts';
import { useStory } from '../use-stories.ts';
import { EditStory } from '../writing/edit-story.tsx';
import { Markdown } from './lazy-markdown.tsx';
import { StoryCriteria } from './story-criteria.tsx';
import { StoryHistoryList } from './story-history.tsx';
import { StorySide } from './story-side.tsx';
import { StoryStanding } from './story-standing.tsx';
import { type StoryDetail, useStoryDetail } from './use-story-detail.ts';

/** One story: what it says, where it stands and why, and all that it came through. */
export function StoryPage({ id, isEditing }: { id: string; isEditing: boolean }) {
  const { detail, error, reload } = useStoryDetail(id);
  const back = () => navigate('stories');
  useShortcuts([
    { keys: 'Escape', run: () => (isEditing ? navigate('stories', id) : back()) },
    { keys: 'e', run: () => navigate('stories', `${id}/edit`) },
    { keys: 'a', run: () => openDialog({ kind: 'assign', story: id }) },
  ]);
  return (
    <>
      <header className="flex h-bar shrink-0 items-center gap-2 border-b pr-4 pl-2">
        <IconButton icon={ArrowLeft} label="Back to the board" shortcut="Escape" onClick={back} />
        <span className="font-mono text-muted">{id}</span>
        <span className="flex min-w-0 flex-1 items-center gap-2 text-sm text-muted">
          {detail && (
            <>
              <PriorityMark priority={detail.priority} word="always" />
              {typeTitles[detail.type]}
            </>
          )}
        </span>
        {detail && !isEditing && (
          <Button icon={Pencil} shortcut="e" onClick={() => navigate('stories', `${id}/edit`)}>
            Edit
          </Button>
        )}
      </header>
      {isEditing ? (
        <h1 className="sr-only">Edit {id}</h1>
      ) : (
        !detail && <h1 className="sr-only">Story {id}</h1>
      )}
      {detail ? (
        isEditing ? (
          <EditStory
            key={id}
            detail={detail}
            reload={reload}
            onDone={() => navigate('stories', id)}
          />
        ) : (
          <StoryText detail={detail} />
        )
      ) : error ? (
        <EmptyState
          title="This story cannot be shown"
          action={<Button onClick={back}>To the board</Button>}
        >
          {sayError(error)}
        </EmptyState>
      ) : (
        <div aria-busy className="flex-1" />
      )}
    </>
  );
}

function StoryText({ detail }: { detail: StoryDetail }) {
  // Where it was moved on this page a moment ago is shown as well; of one that is over the answer is all there is.
  const story = useStory(detail.id) ?? detail;
  return (
    <div className="flex min-h-0 flex-1 max-[700px]:block max-[700px]:overflow-y-auto">
      <ScrollArea aria-label="Story" role="region" className="px-6 py-4 max-sm:px-4">
        <article className="mx-auto flex max-w-190 flex-col gap-5">
          <h1 dir="auto" className="text-selectable text-lg font-semibold wrap-anywhere">
            {toPlainLine(story.title)}
          </h1>
          <StoryStanding story={story} />
          <section aria-label="What is to be done">
            {detail.body.trim() === '' ? (
              <p className="text-faint">Nothing more is written. Add what is to be done with e.</p>
            ) : (
              <Markdown text={detail.body} />
            )}
          </section>
          <StoryCriteria detail={detail} />
          <StoryHistoryList detail={detail} />
        </article>
      </ScrollArea>
      <StorySide story={story} detail={detail} />
    </div>
  );
}

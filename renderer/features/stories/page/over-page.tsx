import { ArrowLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { WireError } from '../../../../preload/contract/errors.ts';
import type { StoryListRow } from '../../../../preload/contract/stories.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { useTable } from '../../../hub/use-records.ts';
import { toWireErrorOf } from '../../../hub/wire-error.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { sayError } from '../../../ui/say-error.ts';
import { ScrollArea } from '../../../ui/scroll-area.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { PriorityMark } from '../priority-mark.tsx';
import { stageDots, stageTitles } from '../stage-words.ts';
import { openStory } from '../stories-ui.ts';

const stages = ['archived', 'abandoned', 'superseded'] as const;
type Over = (typeof stages)[number];

/** Stories that are over, a page at a time: they are with the hub, and not on the board. */
export function OverPage() {
  const [stage, setStage] = useState<Over>('archived');
  const [text, setText] = useState('');
  const back = () => navigate('stories');
  useShortcuts([{ keys: 'Escape', run: back }]);
  return (
    <>
      <header className="flex h-bar shrink-0 items-center gap-3 border-b pr-4 pl-2">
        <IconButton icon={ArrowLeft} label="Back to the board" shortcut="Escape" onClick={back} />
        <h1 className="font-semibold">Over</h1>
        <Segmented<Over>
          label="Which of them"
          value={stage}
          segments={stages.map((value) => ({ value, label: stageTitles[value] }))}
          onChange={setStage}
        />
        <div className="w-56">
          <TextField
            hideLabel
            type="search"
            label="Search in ids, titles and labels"
            placeholder="Search"
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      </header>
      <OverList key={`${stage} ${text}`} stage={stage} text={text} />
    </>
  );
}

function OverList({ stage, text }: { stage: Over; text: string }) {
  const { pages, error, isBusy, more } = usePages(stage, text);
  if (error) return <EmptyState title="They cannot be listed">{sayError(error)}</EmptyState>;
  if (pages === undefined) return <div aria-busy className="flex-1" />;
  if (pages.rows.length === 0)
    return (
      <EmptyState
        title={`Nothing ${stageTitles[stage].toLowerCase()}${text === '' ? ' yet' : ' fits'}`}
      >
        {text === '' ? 'What is done is archived some hours after its merge.' : 'Search for less.'}
      </EmptyState>
    );
  return (
    <ScrollArea aria-label={stageTitles[stage]} role="region">
      <p className="px-4 py-2 text-sm text-muted">{pages.total.toLocaleString()} in all</p>
      <ul className="border-t">
        {pages.rows.map((story) => (
          <li key={story.id} className="border-b">
            <button
              type="button"
              onClick={() => openStory(story.id)}
              className="flex h-row w-full items-center gap-3 px-4 text-left hover:bg-hover"
            >
              <StatusDot {...stageDots[story.place.stage]} word={stageTitles[story.place.stage]} />
              <span className="w-14 shrink-0 font-mono text-sm text-muted">{story.id}</span>
              <UntrustedLine text={story.title} className="flex-1" />
              <span className="text-sm">
                <PriorityMark priority={story.priority} />
              </span>
              <RelativeTime atMs={story.sinceMs} className="w-10 text-right text-sm text-faint" />
            </button>
          </li>
        ))}
      </ul>
      {pages.next !== undefined && (
        <div className="p-4">
          <Button busy={isBusy} onClick={more}>
            Show more
          </Button>
        </div>
      )}
    </ScrollArea>
  );
}

interface Pages {
  readonly rows: readonly StoryListRow[];
  readonly total: number;
  readonly next: string | undefined;
}

function usePages(stage: Over, text: string) {
  const { bridge } = useHub();
  const [pages, setPages] = useState<Pages>();
  const [after, setAfter] = useState<string>();
  const [isBusy, setBusy] = useState(true);
  const [error, setError] = useState<WireError>();
  // What leaves the board may have come here.
  const open = useTable('story').size;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `open` asks again
  useEffect(() => {
    const abort = new AbortController();
    setBusy(true);
    const ask = {
      ...{ stage: [stage], limit: 100 },
      ...(text.trim() !== '' && { text: text.trim() }),
      ...(after !== undefined && { after }),
    };
    bridge
      .query('story.list', ask, abort.signal)
      .then(({ stories, total, next }) =>
        setPages((old) => ({
          rows: after === undefined ? stories : [...(old?.rows ?? []), ...stories],
          ...{ total, next },
        })),
      )
      .catch((thrown) => !abort.signal.aborted && setError(toWireErrorOf(thrown)))
      .finally(() => !abort.signal.aborted && setBusy(false));
    return () => abort.abort();
  }, [bridge, stage, text, after, open]);
  return { pages, error, isBusy, more: () => setAfter(pages?.next) };
}

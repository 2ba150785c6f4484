import { Button } from '../../../ui/button.tsx';
import { CopyLine } from '../../../ui/copy-line.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { sayError } from '../../../ui/say-error.ts';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { keptRefsIn } from './kept-refs.ts';
import { sayActor } from './say-actor.ts';
import { type StoryDetail, useStoryHistory } from './use-story-detail.ts';

/** All that happened to it, from the log, the newest first. */
/** What was kept and not landed is looked for by its name. */
function KeptRefs({ text }: { text: string }) {
  return keptRefsIn(text).map((ref) => (
    <div key={ref} className="max-w-md pt-1 pb-0.5">
      <CopyLine label="Copy the name that it is kept under:" text={ref} />
    </div>
  ));
}

export function StoryHistoryList({ detail }: { detail: StoryDetail }) {
  const { passages, hasMore, isBusy, error, more } = useStoryHistory(detail);
  return (
    <section aria-labelledby="story-history">
      <h2 id="story-history" className="pb-1 font-semibold">
        History
      </h2>
      <ol className="border-t">
        {passages.map(({ seq, atMs, actor, text, cause }) => (
          <li key={seq} className="flex items-baseline gap-3 border-b py-1.5">
            <RelativeTime atMs={atMs} className="w-10 text-sm text-faint" />
            <span className="w-24 shrink-0 truncate text-muted" title={sayActor(actor)}>
              {sayActor(actor)}
            </span>
            <div className="min-w-0 flex-1">
              <UntrustedText text={text} />
              <KeptRefs text={text} />
              {cause && cause.kind !== 'command' && (
                <span className="text-sm text-muted">
                  by {cause.kind}
                  {cause.ref && ` ${cause.ref}`}
                </span>
              )}
            </div>
            <span className="shrink-0 text-sm text-faint tabular-nums">#{seq}</span>
          </li>
        ))}
      </ol>
      {error && (
        <p role="alert" className="pt-2 text-red">
          {sayError(error)}
        </p>
      )}
      {hasMore && (
        <div className="pt-2">
          <Button busy={isBusy} onClick={more}>
            Show what was before
          </Button>
        </div>
      )}
    </section>
  );
}

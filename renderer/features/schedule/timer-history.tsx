import { useState } from 'react';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { TimerPassage } from '../../../preload/contract/timers.ts';
import { useQuery } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import type { ShownTimer } from './timer-detail.tsx';

/** What it did, from the log: the newest first. */
export function TimerHistory({ timer }: { timer: ShownTimer }) {
  return (
    <section aria-label="History" className="border-t">
      <h3 className="flex h-row items-center px-4 text-sm font-medium text-muted">History</h3>
      <Passages passages={timer.history} />
      {timer.hasMore && <Older id={timer.id} before={timer.history[0]?.seq ?? 1} />}
    </section>
  );
}

/** Asked for piece by piece: a timer of years has thousands. */
function Older({ id, before }: { id: string; before: number }) {
  const [isAsked, ask] = useState(false);
  const { result, error } = useQuery(
    'timer.get',
    isAsked ? { timer: id, before, limit: 50 } : undefined,
  );
  if (result)
    return (
      <>
        <Passages passages={result.history} />
        {result.hasMore && <Older id={id} before={result.history[0]?.seq ?? 1} />}
      </>
    );
  return (
    <div className="flex items-center gap-2 px-4 py-2">
      <Button look="quiet" busy={isAsked && error === undefined} onClick={() => ask(true)}>
        Older
      </Button>
      {error && <span className="text-sm text-red">{error.message}</span>}
    </div>
  );
}

function Passages({ passages }: { passages: readonly TimerPassage[] }) {
  return (
    <ol>
      {passages.toReversed().map(({ seq, atMs, actor, text, type }) => (
        <li key={seq} className="flex h-row items-center gap-3 px-4 hover:bg-hover">
          <RelativeTime atMs={atMs} className="w-10 text-sm text-faint" />
          <UntrustedLine
            text={text}
            className={type === 'timer.acted' ? 'flex-1 text-muted' : 'flex-1'}
          />
          <span className="shrink-0 text-sm text-faint">
            {type === 'timer.fired' || type === 'timer.acted' ? '' : (agentIdOf(actor) ?? 'you')}
          </span>
        </li>
      ))}
    </ol>
  );
}

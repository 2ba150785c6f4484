import { History } from 'lucide-react';
import type { DecidedItem } from '../../../preload/contract/waits.ts';
import { useQuery } from '../../hub/use-command.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatAge, formatAgeInWords } from '../../ui/format-time.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { Problem } from './problem.tsx';
import { lookOfKind } from './kinds.ts';
import { useReloadOnWaits } from './use-wait-changes.ts';

interface DecidedPageProps {
  text: string;
  /** Those before this event; left out, the newest. */
  before: number | undefined;
  isLast: boolean;
  onMore: (before: number) => void;
}

export function DecidedPage({ text, before, isLast, onMore }: DecidedPageProps) {
  const { result, error, reload } = useQuery('inbox.decided', {
    text,
    ...(before !== undefined && { before }),
  });
  // What was decided meanwhile is among the newest.
  useReloadOnWaits(reload, before === undefined);
  if (error)
    return (
      <div className="px-4 py-3">
        <Problem error={error} />
        <Button className="mt-2" onClick={reload}>
          Ask again
        </Button>
      </div>
    );
  if (!result) return <p className="px-4 py-3 text-muted">Looking through the log…</p>;
  const { decisions, before: next } = result;
  const isNothing = decisions.length === 0 && next === undefined && before === undefined;
  if (isNothing) return <Nothing isSearch={text.trim() !== ''} />;
  return (
    <>
      <ul>
        {decisions.map((decision) => (
          <DecidedRow key={decision.seq} decision={decision} />
        ))}
      </ul>
      {isLast && next !== undefined && (
        <div className="px-4 py-3">
          <Button onClick={() => onMore(next)}>Older ones</Button>
        </div>
      )}
    </>
  );
}

function Nothing({ isSearch }: { isSearch: boolean }) {
  return isSearch ? (
    <EmptyState icon={History} title="No decision has these words" />
  ) : (
    <EmptyState icon={History} title="Nothing decided yet">
      Every answer, approval and permission comes here, with how long its agent had waited.
    </EmptyState>
  );
}

function DecidedRow({ decision }: { decision: DecidedItem }) {
  const { item, agent, what, atMs, waitedMs } = decision;
  const { icon: Icon, word } = lookOfKind(item.split('/')[0] ?? '');
  return (
    <li>
      <button
        type="button"
        data-decided
        onClick={() => openOutcome(decision)}
        className="flex h-row w-full items-center gap-2.5 px-4 text-left hover:bg-hover focus-visible:bg-selected"
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
        <span className="sr-only">{word} of</span>
        <span className="w-24 shrink-0 truncate font-medium">{agent}</span>
        <UntrustedLine text={what} className="flex-1" />
        {waitedMs !== undefined && (
          <span className="shrink-0 text-sm text-muted">
            <span aria-hidden>waited {formatAge(waitedMs)}</span>
            <span className="sr-only">after {formatAgeInWords(waitedMs)}</span>
          </span>
        )}
        <RelativeTime atMs={atMs} className="w-8 text-right text-sm text-faint" />
      </button>
    </li>
  );
}

/** Where it is to be seen what came of it. */
function openOutcome({ item, agent }: DecidedItem): void {
  const [kind = '', ...subject] = item.split('/');
  if (kind === 'approval') navigate('review', `approval/${subject.join('/')}`);
  else if (kind === 'conflict') navigate('conflicts', item);
  else if (kind === 'question' && agent !== '') navigate('messages', `agent/${agent}`);
  else if (agent !== '') navigate('agents', `agent/${agent}`);
}

import { LoaderCircle } from 'lucide-react';
import { FailedLine } from '../../ui/failed-line.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { fieldOf } from './trigger-form.ts';
import type { DryRun } from './use-dry-run.ts';

const shown = 12;

/** What it would have fired on in the past; stays in sight while the next answer is on its way. */
export function DryRunPane({ run, isAsked }: { run: DryRun; isAsked: boolean }) {
  const { result, error, isBusy } = run;
  return (
    <section
      aria-label="Dry run"
      aria-busy={isBusy}
      className="sticky top-0 flex max-h-[50vh] flex-col self-start"
    >
      <h3 className="flex h-6 items-center gap-1.5 font-medium">
        Would have fired
        {isBusy && <LoaderCircle size={14} className="spin text-faint" aria-hidden />}
      </h3>
      {!isAsked ? (
        <p className="text-muted">Say on which events, and it is played over what happened.</p>
      ) : error ? (
        // Told at its field.
        fieldOf(error) === undefined && <FailedLine error={error} onRetry={() => undefined} />
      ) : (
        result && <Answer result={result} />
      )}
    </section>
  );
}

function Answer({ result }: { result: NonNullable<DryRun['result']> }) {
  const { count, held, faults, fault, fires, looked, hasMore } = result;
  const newest = fires.slice(-shown).toReversed();
  return (
    <>
      <p role="status" className="text-muted">
        <strong className="font-semibold text-fg tabular-nums">{timesOf(count)}</strong> in the{' '}
        {hasMore ? 'newest' : ''}{' '}
        <span className="tabular-nums">{looked.toLocaleString('en')}</span> events
        {held > 0 && `; ${held} more would be held back`}
      </p>
      {faults > 0 && (
        <p className="mt-1 text-amber">
          Of {faults} it could not be said: <UntrustedLine text={fault ?? ''} />
        </p>
      )}
      <ul className="mt-2 min-h-0 overflow-y-auto text-sm">
        {newest.map(({ seq, atMs, type, text }) => (
          <li key={seq} className="border-t py-1">
            <div className="flex min-w-0 items-center gap-2 text-faint">
              <span className="tabular-nums">{seq}</span>
              <code className="min-w-0 flex-1 truncate">{type}</code>
              <RelativeTime atMs={atMs} withAgo />
            </div>
            <div className="flex min-w-0">
              <UntrustedLine text={text} />
            </div>
          </li>
        ))}
      </ul>
      {count > newest.length && (
        <p className="border-t pt-1 text-sm text-faint">and {count - newest.length} before</p>
      )}
    </>
  );
}

function timesOf(count: number): string {
  return count === 0 ? 'Never' : count === 1 ? 'Once' : `${count.toLocaleString('en')} times`;
}

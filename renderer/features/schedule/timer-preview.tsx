import type { QueryOutput } from '../../hub/bridge.ts';
import { formatExact } from '../../ui/format-time.ts';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { saySchedule } from './schedule-words.ts';
import { UntilTime } from './until-time.tsx';

interface TimerPreviewProps {
  result: QueryOutput<'timer.preview'> | undefined;
  /** Somebody types. */
  isAsking: boolean;
}

/** When it would fire, as the hub works it out: what is meant is seen before it is set. */
export function TimerPreview({ result, isAsking }: TimerPreviewProps) {
  return (
    <aside aria-label="When it would fire" aria-busy={isAsking} className="min-w-0 border-l pl-5">
      <h3 className="mb-1 font-medium">Would fire</h3>
      {result === undefined ? (
        <p className="text-sm text-faint">Say what and when; its next times stand here.</p>
      ) : (
        <div className={isAsking ? 'opacity-50' : ''}>
          <p className="mb-2 text-sm text-muted">{saySchedule(result.schedule)}</p>
          <ol className="flex flex-col gap-1.5">
            {result.times.map((atMs) => (
              <li key={atMs} className="text-sm">
                <div>{formatExact(atMs)}</div>
                <UntilTime atMs={atMs} className="text-faint" />
              </li>
            ))}
          </ol>
          {result.does !== undefined && (
            <UntrustedText text={result.does} className="mt-3 text-sm text-muted" />
          )}
        </div>
      )}
    </aside>
  );
}

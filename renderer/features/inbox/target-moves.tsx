import type { TargetAlarm } from '../../../preload/contract/targets.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { shortId } from '../../ui/short-id.ts';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';

/** Who did what and when, as the reflog has it: whoever moves a branch may write there what they like. */
export function MovesOfTarget({ alarm: { moves } }: { alarm: TargetAlarm }) {
  return (
    <>
      <h3 className="mt-3 text-sm font-medium text-muted">
        By git’s reflog, which anyone can write
      </h3>
      {moves.length === 0 ? (
        <p className="text-muted">No reflog is kept of it.</p>
      ) : (
        <ol>
          {moves.map(({ from, to, who, what, atMs }) => (
            <li key={`${from} ${to} ${atMs}`} className="mt-1">
              <UntrustedText text={what} />
              <span className="flex min-w-0 items-center gap-2 text-sm text-faint">
                <UntrustedLine text={who} />
                <code title={to}>{shortId(to)}</code>
                <RelativeTime atMs={atMs} className="ml-auto" />
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

export function countCommits(count: number): string {
  return count === 1 ? '1 commit' : `${count} commits`;
}

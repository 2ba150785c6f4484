import type { TargetAlarm } from '../../../preload/contract/targets.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';

/** Who did what and when, as the reflog has it: whoever moves a branch may write there what they like. */
export function MovesOfTarget({ alarm: { moves } }: { alarm: TargetAlarm }) {
  return (
    <>
      <h3 className="mt-3 text-sm font-medium text-muted">As git was told, which proves nothing</h3>
      {moves.length === 0 ? (
        <p className="text-muted">Nothing: no reflog is kept of it.</p>
      ) : (
        <ol>
          {moves.map(({ from, to, who, what, atMs }) => (
            <li key={`${from} ${to} ${atMs}`} className="flex h-6 min-w-0 items-center gap-2">
              <code title={to} className="shrink-0 text-sm text-faint">
                {to.slice(0, 7)}
              </code>
              <UntrustedLine text={what} className="flex-1" />
              <UntrustedLine text={who} className="max-w-2/5 text-muted" />
              <RelativeTime atMs={atMs} className="w-7 text-right text-sm text-faint" />
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

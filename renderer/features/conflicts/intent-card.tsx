import type { IntentRecord } from '../../../preload/contract/intents.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { ClaimedBadge } from './claimed-badge.tsx';
import { openTaking } from './conflicts-ui.ts';
import { partsOf, pathOf } from './intended-files.ts';
import { TimeLeft } from './time-left.tsx';

/** More are with the agent's own list. */
const shownFiles = 8;

interface IntentCardProps {
  intent: IntentRecord;
  /** Files of it that are to be seen first: those that collide. */
  first?: ReadonlySet<string>;
}

/** What one agent is about to change, for how long, and whether it has claimed it. */
export function IntentCard({ intent, first = new Set() }: IntentCardProps) {
  const { agent, files, summary, exclusive, declaredMs, untilMs } = intent;
  const sorted = files.toSorted(
    (a, b) => Number(first.has(pathOf(b))) - Number(first.has(pathOf(a))),
  );
  const more = sorted.length - shownFiles;
  return (
    <article aria-label={`Intent of ${agent}`} className="border-b px-4 py-2 last:border-b-0">
      <header className="flex min-h-7 min-w-0 items-center gap-2">
        <button
          type="button"
          className="shrink-0 font-medium hover:underline"
          onClick={() => navigate('agents', `agent/${agent}`)}
        >
          {agent}
        </button>
        {exclusive && <ClaimedBadge />}
        <UntrustedLine text={summary} className="flex-1 text-muted" />
        <span className="text-sm text-muted">
          <TimeLeft untilMs={untilMs} />
        </span>
        <Button look="quiet" onClick={() => openTaking(agent)}>
          Take…
        </Button>
      </header>
      <div className="flex items-end gap-4 text-sm">
        <ul className="flex min-w-0 flex-1 flex-wrap gap-x-4">
          {sorted.slice(0, shownFiles).map((file) => (
            <li key={pathOf(file)} className="flex min-w-0 items-center gap-1.5">
              <code title={toPlainLine(pathOf(file))} className="text-selectable min-w-0 truncate">
                {toPlainLine(pathOf(file))}
              </code>
              {partsOf(file) !== '' && (
                <UntrustedLine text={partsOf(file)} className="text-faint" />
              )}
            </li>
          ))}
          {more > 0 && <li className="text-faint">and {more} more</li>}
        </ul>
        <span className="shrink-0 text-faint">
          said <RelativeTime atMs={declaredMs} withAgo />
        </span>
      </div>
    </article>
  );
}

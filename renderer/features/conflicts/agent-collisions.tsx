/** What of conflicts and intents is said with an agent elsewhere. */
import type { ReactNode } from 'react';
import { sideName } from '../../../preload/contract/conflict-sides.ts';
import { useRecord } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { ClaimedBadge } from './claimed-badge.tsx';
import { countFiles, kindWords } from './conflict-words.ts';
import { partsOf, pathOf } from './intended-files.ts';
import { SeverityMark } from './severity-mark.tsx';
import { TimeLeft } from './time-left.tsx';
import { useConflicts } from './use-conflicts.ts';

function useCollisionsOf(agent: string) {
  const open = useConflicts(false);
  return open
    .filter(({ agents }) => agents.includes(agent))
    .map(({ id, kind, agents, severity, fileCount }) => ({
      ...{ id, kind, severity, fileCount },
      other: sideName(agents[0] === agent ? agents[1] : agents[0]),
    }));
}

type WordsProps = Omit<ReturnType<typeof useCollisionsOf>[number], 'id'>;

/** Two may collide in more than one way at once. */
function Words({ kind, other, severity, fileCount }: WordsProps) {
  return (
    <>
      <SeverityMark severity={severity} />
      <span title={other} className="min-w-0 flex-1 truncate">
        {other}
      </span>
      <span className="shrink-0 text-sm text-faint">
        {kindWords[kind]}, {countFiles(fileCount)}
      </span>
    </>
  );
}

/** For a card that names facts: with whom it collides. */
export function useCollisionFacts(agent: string): ReadonlyArray<readonly [string, ReactNode]> {
  const collisions = useCollisionsOf(agent);
  if (collisions.length === 0) return [];
  const value = collisions.map((collision) => (
    <span key={collision.id} className="flex items-center gap-1.5">
      <Words {...collision} />
    </span>
  ));
  return [['Collides with', value]];
}

/** With whom it collides, each a way there. */
export function AgentCollisions({ agent }: { agent: string }) {
  const collisions = useCollisionsOf(agent);
  return (
    <ul className="-mx-1">
      {collisions.map(({ id, ...collision }) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => navigate('conflicts', `conflict/${id}`)}
            className="flex min-h-6 w-full items-center gap-1.5 rounded-sm px-1 text-left hover:bg-hover"
          >
            <Words {...collision} />
          </button>
        </li>
      ))}
    </ul>
  );
}

const shownFiles = 4;

/** What it said that it is about to change, and for how long that counts. */
export function AgentIntent({ agent }: { agent: string }) {
  const intent = useRecord('intent', agent);
  if (intent === undefined) return null;
  const { files, summary, exclusive, untilMs } = intent;
  return (
    <>
      <span className="flex min-w-0 items-center gap-2">
        {exclusive && <ClaimedBadge />}
        <UntrustedLine text={summary} className="flex-1" />
        <span className="text-sm text-muted">
          <TimeLeft untilMs={untilMs} />
        </span>
      </span>
      <ul className="text-sm">
        {files.slice(0, shownFiles).map((file) => (
          <li key={pathOf(file)} className="flex min-w-0 gap-1.5">
            <code className="text-selectable min-w-0 truncate" title={toPlainLine(pathOf(file))}>
              {toPlainLine(pathOf(file))}
            </code>
            {partsOf(file) !== '' && <UntrustedLine text={partsOf(file)} className="text-faint" />}
          </li>
        ))}
        {files.length > shownFiles && (
          <li className="text-faint">and {files.length - shownFiles} more</li>
        )}
      </ul>
    </>
  );
}

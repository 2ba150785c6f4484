import type { WorkItem, WorkOutcome } from '../../../preload/contract/worktree-work.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { capitalized } from './worktree-words.ts';

const deedWords: Readonly<Record<WorkItem['deed'], { word: string; tone: Tone }>> = {
  repoint: { word: 'mend', tone: 'blue' },
  register: { word: 'mend', tone: 'blue' },
  renew: { word: 'make anew', tone: 'blue' },
  remove: { word: 'remove', tone: 'amber' },
  none: { word: 'left', tone: 'neutral' },
};

/** What is done with one worktree, or what came of it. */
export function WorkLine({ item }: { item: WorkItem & { result?: WorkOutcome | undefined } }) {
  const { path, agent, say, result } = item;
  const { word, tone } = lookOf(item);
  return (
    <li className="flex items-start gap-3 border-b py-2 last:border-b-0">
      <span className="w-19 shrink-0 pt-px">
        <Badge tone={tone}>{word}</Badge>
      </span>
      <div className="min-w-0 flex-1">
        <UntrustedLine text={agent ?? path} className="block font-medium" />
        {agent !== undefined && <UntrustedLine text={path} className="block text-sm text-faint" />}
        <div className="text-selectable text-sm break-words text-muted">
          {capitalized(toPlainLine(result?.said ?? say))}
          {result?.error && ` ${toPlainLine(result.error.mend)}`}
        </div>
        {result?.snapshotRef && (
          <code className="text-selectable block text-sm break-all text-faint">
            {result.snapshotRef}
          </code>
        )}
      </div>
    </li>
  );
}

function lookOf({ deed, result }: WorkItem & { result?: WorkOutcome | undefined }): {
  word: string;
  tone: Tone;
} {
  if (result === undefined) return deedWords[deed];
  return result.outcome === 'done'
    ? { word: 'done', tone: 'green' }
    : { word: 'left', tone: 'red' };
}

import { SquareTerminal } from 'lucide-react';
import type { HeadRecord } from '../../../../preload/contract/commit-facts.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyLine } from '../../../ui/copy-line.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { shortId } from '../../../ui/short-id.ts';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { bringOver } from '../../commits/index.ts';
import { DetailFrame, showAgent } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { strayFacts } from './stray.ts';
import { useDismiss } from '../use-dismiss.ts';

type StrayItem = Item<'stray', HeadRecord>;

export const strayKind: InboxKind<'stray', HeadRecord> = {
  ...strayFacts,
  open: showAgent,
  Detail: StrayDetail,
};

/** What it committed is where nobody looks for it, until it is brought over. */
export function StrayDetail({ item }: { item: StrayItem }) {
  const dismiss = useDismiss();
  const { branch, stray } = item.record;
  const commits = stray?.commits ?? [];
  return (
    <DetailFrame
      item={item}
      verb="committed on another branch"
      footer={
        <div className="flex items-center gap-2">
          <Button
            look="primary"
            icon={SquareTerminal}
            shortcut="Enter"
            onClick={() => navigate('agents', `agent/${item.agent}`)}
          >
            Show terminal
          </Button>
          <Button look="quiet" className="ml-auto" shortcut="Delete" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </div>
      }
    >
      <UntrustedText text={item.title} />
      <ul className="mt-2 text-sm">
        {commits.map(({ commit, branch: place }) => (
          <li key={commit} className="flex h-6 min-w-0 items-center gap-2">
            <code title={commit} className="text-selectable shrink-0">
              {shortId(commit)}
            </code>
            <span className="min-w-0 truncate text-muted">
              {place === undefined ? 'on no branch' : `on ${toPlainLine(place)}`}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3 mb-1">
        {item.agent} has it in its inbox. To bring them over to <code>{toPlainLine(branch)}</code>,
        in its worktree:
      </p>
      <CopyLine label="Copy the command that brings them over" text={bringOver(branch, commits)} />
      <p className="mt-3 text-muted">
        It is taken off this list by itself once the worktree is on its own branch again.
      </p>
    </DetailFrame>
  );
}

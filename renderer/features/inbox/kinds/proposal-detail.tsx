import type { ProposalRecord } from '../../../../preload/contract/proposal-records.ts';
import { useEffect, useRef } from 'react';
import type { WireError } from '../../../../preload/contract/errors.ts';
import type { QueryOutput } from '../../../hub/bridge.ts';
import { useQuery, useSend } from '../../../hub/use-command.ts';
import { noteSelfMove, useIsQuiet } from '../../../shell/self-moves.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { focusComposeBox } from '../../../ui/compose-box.tsx';
import { shortId } from '../../../ui/short-id.ts';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { ChangedKeys, PatchLines } from '../../proposals/index.ts';
import { DetailFrame, showAgent } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { proposalFacts } from './proposal.ts';
import { Problem } from '../problem.tsx';
import { ReplyBox } from '../reply-box.tsx';
import { useItemDecision } from '../use-item-decision.ts';

type ProposalItem = Item<'proposal', ProposalRecord>;

export const proposalKind: InboxKind<'proposal', ProposalRecord> = {
  ...proposalFacts,
  open: showAgent,
  Detail: ProposalDetail,
};

/** Another commit of the same proposal is another thing to say yes to: it is shown anew, and keys rest for a moment. */
export function ProposalDetail({ item }: { item: ProposalItem }) {
  const { commit } = item.record;
  const shown = useRef(commit);
  useEffect(() => {
    if (shown.current !== commit) noteSelfMove();
    shown.current = commit;
  }, [commit]);
  return <Shown key={commit} item={item} />;
}

function Shown({ item }: { item: ProposalItem }) {
  const { record } = item;
  const { id, commit, why, carriedMs, failure, changes } = record;
  const { result, error, reload } = useQuery('config.diff', { of: id });
  // What is not on the screen is not decided.
  const isSeen = result?.to === commit;
  const act = useProposalActions(item);
  const isQuiet = useIsQuiet();
  useShortcuts([{ keys: 'a', run: act.apply, decides: true }], isSeen);
  useShortcuts([
    { keys: 'd', run: () => act.reject(), decides: true },
    { keys: 'r', run: focusComposeBox },
  ]);
  return (
    <DetailFrame
      item={item}
      verb="proposes a configuration change"
      footer={
        <>
          <fieldset
            aria-label="Decision"
            data-quiet={isQuiet}
            className="flex min-w-0 flex-wrap items-center gap-2 data-[quiet=true]:[&_kbd]:opacity-40"
          >
            <Button
              look={changes.some(({ warning }) => warning !== undefined) ? 'normal' : 'primary'}
              shortcut="a"
              disabled={!isSeen}
              onClick={act.apply}
            >
              Apply <code className="text-sm">{shortId(commit)}</code>
            </Button>
            <Button shortcut="d" onClick={() => act.reject()}>
              Reject
            </Button>
          </fieldset>
          <ReplyBox
            itemId={item.id}
            label="Reject, and say why"
            send="Reject"
            onSend={(note) => act.reject(note)}
          />
        </>
      }
    >
      <UntrustedText text={why} className="text-lg" />
      <p className="mt-1 text-sm text-muted">
        Of <code>.musher/config.toml</code> in your checkout. Nothing of it applies before you say
        so.
      </p>
      {carriedMs !== undefined && (
        <p className="mt-2 border-l-2 border-amber pl-3">
          The file changed since it was proposed. This is the same change over what it says now.
        </p>
      )}
      {failure && <Problem error={failure} />}
      <h2 className="mt-4 mb-1.5 text-sm font-medium text-muted">What it means</h2>
      <ChangedKeys {...record} />
      <h2 className="mt-4 mb-1.5 text-sm font-medium text-muted">The text</h2>
      <Lines result={isSeen ? result : undefined} error={error} onRetry={reload} />
    </DetailFrame>
  );
}

interface LinesProps {
  result: QueryOutput<'config.diff'> | undefined;
  error: WireError | undefined;
  onRetry: () => void;
}

function Lines({ result, error, onRetry }: LinesProps) {
  if (result) return <PatchLines patch={result.patch} />;
  if (!error)
    return (
      <p role="status" className="text-muted">
        Reading the change…
      </p>
    );
  return (
    <>
      <Problem error={error} />
      <Button className="mt-2" onClick={onRetry}>
        Try again
      </Button>
    </>
  );
}

function useProposalActions(item: ProposalItem) {
  const sendCommand = useSend();
  const decide = useItemDecision(item.id);
  const { id: proposal, commit, why } = item.record;
  const act = (what: string, send: () => Promise<boolean>) =>
    decide(`${what} what ${item.agent} proposed: ${why}`, send);
  return {
    apply: () => act('Applied', () => sendCommand('proposal.apply', { proposal, commit })),
    reject: (note = '') =>
      act('Rejected', () => sendCommand('proposal.reject', { proposal, note })),
  };
}

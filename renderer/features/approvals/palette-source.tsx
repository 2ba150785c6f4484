/** Approvals in the palette: those that wait first. */
import { Check, GitPullRequestArrow, SquareTerminal, X } from 'lucide-react';
import { useMemo } from 'react';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { itemsOf } from '../../shell/palette/items-of.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useUnderWay } from '../../shell/use-decisions.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { groupApprovals } from './approval-order.ts';
import { openApproval } from './open-approval.ts';
import { decidedLook, stateLooks } from './present-approval.ts';
import { wantStep } from './wanted-step.ts';

export const approvalSource: PaletteSource = {
  ...{ id: 'approvals', title: 'Approvals', icon: GitPullRequestArrow, atRest: 5 },
  useItems: useApprovalItems,
  Mark: ApprovalMark,
  open: openApproval,
  useVerbs: useApprovalVerbs,
};

const toItems = itemsOf<ApprovalRecord>(({ id, title, agent, story, state }) => ({
  ...{ id, title, detail: agent, isQuiet: state !== 'pending' },
  keywords: [agent, id, ...(story === undefined ? [] : [story]), stateLooks[state].word],
}));

function useApprovalItems(): readonly PaletteItem[] {
  const approvals = useRecords('approval');
  return useMemo(
    () => groupApprovals(approvals, () => false).flatMap((group) => toItems(group.approvals)),
    [approvals],
  );
}

function ApprovalMark({ id }: { id: string }) {
  const approval = useRecord('approval', id);
  const isUnderWay = useUnderWay().has(`approval/${id}`);
  if (approval === undefined) return null;
  return <StatusDot {...(isUnderWay ? decidedLook : stateLooks[approval.state])} showWord />;
}

/** A yes or a no is said in the review, where that is seen which it is about. */
function useApprovalVerbs(id: string): readonly PaletteVerb[] | undefined {
  const approval = useRecord('approval', id);
  const isUnderWay = useUnderWay().has(`approval/${id}`);
  if (approval === undefined) return undefined;
  const { agent, state } = approval;
  const isOpen = isUndecided(state) && !isUnderWay;
  const decide = (step: 'confirming' | 'denying') => () => {
    wantStep({ approval: id, step });
    openApproval(id);
  };
  return [
    { id: 'review', title: 'Review', icon: GitPullRequestArrow, run: () => openApproval(id) },
    ...(isOpen
      ? [
          { id: 'approve', title: 'Approve…', icon: Check, run: decide('confirming') },
          { id: 'deny', title: 'Deny with a note…', icon: X, run: decide('denying') },
        ]
      : []),
    {
      ...{ id: 'agent', title: `Show ${agent}`, icon: SquareTerminal },
      run: () => navigate('agents', `agent/${agent}`),
    },
  ];
}

import { useCallback, useMemo } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { CommandInput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useRecords } from '../../hub/use-records.ts';
import { useSend } from '../../hub/use-command.ts';
import { keyOfTarget } from '../../shell/route.ts';
import { useTheme } from '../../shell/theme.ts';
import { useDecide, useUnderWay } from '../../shell/use-decisions.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import type { Choice } from './decision-bar.tsx';
import { openApproval } from './open-approval.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { LoadPictures } from './picture-popover.tsx';
import { dropDraft } from './review-drafts.ts';
import { ReviewPage, type ReviewPageProps } from './review-page.tsx';
import type { LoadDiff } from './use-approval-diff.ts';
import { useDiffLook, useViewedFiles } from './use-review-choices.ts';

/** Ties the review to the hub, the address and what the page remembers; all else is in ReviewPage. */
export function ReviewView() {
  const { bridge } = useHub();
  const approvals = useRecords('approval');
  const branchOf = useBranches();
  const theme = useTheme((state) => state.shown);
  const [selectedId, ...names] =
    useUi((state) => keyOfTarget(state.place.target, 'approval'))?.split('/') ?? [];
  const file = names.length > 0 ? names.join('/') : undefined;
  const { decisionOf, onApprove, onDeny } = useApprovalDecisions();
  const [look, setLook] = useDiffLook();
  const { viewedOf, mark } = useViewedFiles();
  const loadDiff = useCallback<LoadDiff>(
    (approval, signal) => bridge.query('approval.diff', { approval }, signal),
    [bridge],
  );
  const loadPictures = useCallback<LoadPictures>(
    (approval, path, signal) => bridge.query('approval.pictures', { approval, path }, signal),
    [bridge],
  );
  return (
    <ReviewPage
      {...{ approvals, selectedId, file, branchOf, theme, look, viewedOf }}
      {...{ loadDiff, loadPictures }}
      onLook={setLook}
      onViewed={mark}
      onSelect={openApproval}
      onBack={() => navigate('inbox')}
      {...{ decisionOf, onApprove, onDeny }}
    />
  );
}

/** What was seen is what is sent: the pin of the diff on the screen. */
function toYes(
  { id }: ApprovalRecord,
  { pin, updateCheckout, overrideGates }: Choice,
): CommandInput<'approval.approve'> {
  const { commit, diffHash } = pin;
  return { approval: id, commit, diffHash, updateCheckout, overrideGates };
}

const subject = (approval: string) => `approval/${approval}`;

/** Both are held for a while and can be undone; undone leads back to the approval, with the words of a denial kept. */
function useApprovalDecisions(): Pick<ReviewPageProps, 'decisionOf' | 'onApprove' | 'onDeny'> {
  const send = useSend();
  const decide = useDecide();
  const underWay = useUnderWay();
  const decisionOf = useCallback((id: string) => underWay.get(subject(id)), [underWay]);
  const take = (approval: ApprovalRecord, what: string, sending: () => Promise<boolean>) =>
    decide({
      subject: subject(approval.id),
      what: `${what} “${toPlainLine(approval.title)}” of ${approval.agent}`,
      send: sending,
      // What was refused is told, and does not take the operator away from what they look at by then.
      onBack: (why) => why === 'undone' && openApproval(approval.id),
    });
  return {
    decisionOf,
    onApprove: (approval, choice) =>
      take(approval, 'Approved', () => send('approval.approve', toYes(approval, choice))),
    onDeny: (approval, note) =>
      take(approval, 'Denied', async () => {
        const isTaken = await send('approval.deny', { approval: approval.id, note });
        if (isTaken) dropDraft(approval.id);
        return isTaken;
      }),
  };
}

function useBranches(): (agent: string) => string | undefined {
  const agents = useRecords('agent');
  return useMemo(() => {
    const branches = new Map(agents.map(({ id, branch }) => [id, branch]));
    return (agent) => branches.get(agent);
  }, [agents]);
}

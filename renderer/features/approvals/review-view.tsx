import { useCallback, useMemo } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { ReviewVerdict } from '../../../preload/contract/reviews.ts';
import type { CommandInput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useRecords } from '../../hub/use-records.ts';
import { type SendCommand, useSend } from '../../hub/use-command.ts';
import { keyOfTarget } from '../../../preload/contract/place.ts';
import { useTheme } from '../../shell/theme.ts';
import { useDecide, useUnderWay } from '../../shell/use-decisions.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import type { Choice } from './decision-bar.tsx';
import { openApproval } from './open-approval.ts';
import { showDone } from '../../ui/toast.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { LoadPictures } from './picture-popover.tsx';
import { toSent } from './review-comments.ts';
import { draftOf, dropDraft, keepNote } from './review-drafts.ts';
import { ReviewPage, type ReviewPageProps } from './review-page.tsx';
import type { LoadDiff } from './use-approval-diff.ts';
import { useMerging } from './use-merging.ts';
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
  const onComment = useSendComments();
  const merging = useMerging();
  const [look, setLook] = useDiffLook();
  const { viewedOf, mark, carry } = useViewedFiles();
  const loadDiff = useCallback<LoadDiff>(
    async (approval, signal) => {
      const generated = bridge.query('review.generated', { approval }, signal);
      const [diff, { paths }] = await Promise.all([
        bridge.query('approval.diff', { approval }, signal),
        // Without it nothing is folded by it.
        generated.catch(() => ({ paths: [] })),
      ]);
      return { ...diff, generated: paths };
    },
    [bridge],
  );
  const loadPictures = useCallback<LoadPictures>(
    (approval, path, signal) => bridge.query('approval.pictures', { approval, path }, signal),
    [bridge],
  );
  return (
    <ReviewPage
      {...{ approvals, selectedId, file, branchOf, theme, look, viewedOf }}
      {...{ loadDiff, loadPictures, merging }}
      onLook={setLook}
      onViewed={mark}
      onCarryViewed={carry}
      onSelect={openApproval}
      onBack={() => navigate('inbox')}
      {...{ decisionOf, onApprove, onDeny, onComment }}
    />
  );
}

/** What was seen is what is sent: the pin of the diff on the screen. */
function toYes(
  { id }: ApprovalRecord,
  { pin, updateCheckout, strategy, overrideGates, note }: Choice,
): CommandInput<'approval.approve'> {
  const { commit, diffHash } = pin;
  return { approval: id, commit, diffHash, updateCheckout, strategy, overrideGates, note };
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
      take(approval, 'Approved', () => sendYes(send, approval, choice)),
    onDeny: (approval, note) =>
      take(approval, 'Denied', async () => {
        const isTaken = await sendDenial(send, approval, note);
        if (isTaken) dropDraft(approval.id);
        return isTaken;
      }),
  };
}

/** The yes first: where it is refused nothing was said, and all that was written is there still. */
async function sendYes(
  send: SendCommand,
  approval: ApprovalRecord,
  choice: Choice,
): Promise<boolean> {
  if (!(await send('approval.approve', toYes(approval, choice)))) return false;
  keepNote(approval.id, '');
  const { comments } = draftOf(approval.id);
  if (!choice.withComments || comments.length === 0) return true;
  // Comments that are refused stay drafts, and may be sent alone.
  if (await send('review.submit', toReview(approval, '', 'comment'))) dropDraft(approval.id);
  return true;
}

/** With comments it is a review that denies; without one, a denial alone. */
function sendDenial(send: SendCommand, approval: ApprovalRecord, note: string): Promise<boolean> {
  const { comments } = draftOf(approval.id);
  return comments.length === 0
    ? send('approval.deny', { approval: approval.id, note })
    : send('review.submit', toReview(approval, note, 'request-changes'));
}

function toReview(
  { id: approval, pin, files }: ApprovalRecord,
  body: string,
  verdict: ReviewVerdict,
): CommandInput<'review.submit'> {
  const order = files.map(({ path }) => path);
  const comments = toSent(draftOf(approval).comments, order);
  return { approval, commit: pin.commit, verdict, body, comments };
}

/** At once: nothing is decided by them, and the agent may answer. */
function useSendComments(): ReviewPageProps['onComment'] {
  const send = useSend();
  return async (approval, note) => {
    if (!(await send('review.submit', toReview(approval, note, 'comment')))) return;
    dropDraft(approval.id);
    showDone(`Sent to ${approval.agent}`);
  };
}

function useBranches(): (agent: string) => string | undefined {
  const agents = useRecords('agent');
  return useMemo(() => {
    const branches = new Map(agents.map(({ id, branch }) => [id, branch]));
    return (agent) => branches.get(agent);
  }, [agents]);
}

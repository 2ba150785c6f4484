import { GitPullRequestArrow, Upload } from 'lucide-react';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import { useSend } from '../../../hub/use-command.ts';
import { useDecide } from '../../../shell/use-decisions.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { shortId } from '../../../ui/short-id.ts';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { pushFacts } from './push.ts';
import { select } from '../inbox-ui.ts';
import { Problem } from '../problem.tsx';
import { useDismiss } from '../use-dismiss.ts';

type PushItem = Item<'push', ApprovalRecord>;

export const pushKind: InboxKind<'push', ApprovalRecord> = {
  ...pushFacts,
  open: ({ record }) => navigate('review', `approval/${record.id}`),
  Detail: PushDetail,
};

/** A target is merged here and its remote has not taken it: what it said, and the way on. */
export function PushDetail({ item }: { item: PushItem }) {
  const { id, title, push, mergeCommit = '' } = item.record;
  const send = useSend();
  const decide = useDecide();
  const dismiss = useDismiss();
  const remote = toPlainLine(push?.remote ?? 'its remote');
  const review = () => navigate('review', `approval/${id}`);
  const pushAgain = () =>
    decide({
      subject: item.id,
      what: `Pushing ${toPlainLine(item.agent)} to ${remote} again`,
      send: () => send('approval.push', { approval: id }),
      onBack: () => select(item.id),
    });
  useShortcuts([{ keys: 'p', run: pushAgain, decides: true }]);
  return (
    <DetailFrame
      item={item}
      verb={`was not pushed to ${remote}`}
      footer={
        <div className="flex flex-wrap items-center gap-2">
          <Button look="primary" icon={Upload} shortcut="p" onClick={pushAgain}>
            Push again
          </Button>
          <Button icon={GitPullRequestArrow} shortcut="Enter" onClick={review}>
            Review
          </Button>
          <span className="flex-1" />
          <Button look="quiet" shortcut="Delete" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </div>
      }
    >
      <p>
        {toPlainLine(item.agent)} is at <code className="text-sm">{shortId(mergeCommit)}</code>{' '}
        here, by
      </p>
      <p className="flex min-w-0">
        <UntrustedLine text={title} className="font-medium" />
      </p>
      {push?.error && <Problem error={push.error} />}
      <p className="mt-3 text-muted">
        What is merged stays merged. The next merge into {toPlainLine(item.agent)} is pushed with
        all that comes before it.
      </p>
    </DetailFrame>
  );
}

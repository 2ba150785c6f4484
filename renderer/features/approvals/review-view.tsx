import { useCallback, useMemo } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { Bridge, CommandInput, CommandName } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useRecords } from '../../hub/use-records.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { keyOfTarget } from '../../shell/route.ts';
import { useTheme } from '../../shell/theme.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import type { Choice } from './decision-bar.tsx';
import { openApproval } from './open-approval.ts';
import { ReviewPage } from './review-page.tsx';
import type { LoadDiff } from './use-approval-diff.ts';
import { useDiffLook, useViewedFiles } from './use-review-choices.ts';

/** Ties the review to the hub, the address and what the page remembers; all else is in ReviewPage. */
export function ReviewView() {
  const { bridge } = useHub();
  const approvals = useRecords('approval');
  const branchOf = useBranches();
  const theme = useTheme((state) => state.shown);
  const selectedId = useUi((state) => keyOfTarget(state.place.target, 'approval'));
  const [look, setLook] = useDiffLook();
  const { viewedOf, mark } = useViewedFiles();
  const loadDiff = useCallback<LoadDiff>(
    (approval, signal) => bridge.query('approval.diff', { approval }, signal),
    [bridge],
  );
  return (
    <ReviewPage
      {...{ approvals, selectedId, branchOf, theme, look, viewedOf, loadDiff }}
      onLook={setLook}
      onViewed={mark}
      onSelect={openApproval}
      onBack={() => navigate('inbox')}
      onApprove={(approval, choice) => tell(bridge, 'approval.approve', toYes(approval, choice))}
      onDeny={({ id }, note) => tell(bridge, 'approval.deny', { approval: id, note })}
    />
  );
}

/** What was seen is what is sent: the pin of the diff on the screen. */
function toYes(
  { id }: ApprovalRecord,
  { pin, updateCheckout }: Choice,
): CommandInput<'approval.approve'> {
  return { approval: id, commit: pin.commit, diffHash: pin.diffHash, updateCheckout };
}

/** What was refused is shown beside the decision, so it is returned and not thrown. */
async function tell<K extends CommandName>(
  bridge: Bridge,
  type: K,
  data: CommandInput<K>,
): Promise<WireError | undefined> {
  try {
    await bridge.dispatch(type, data);
    return undefined;
  } catch (thrown) {
    return toWireErrorOf(thrown);
  }
}

function useBranches(): (agent: string) => string | undefined {
  const agents = useRecords('agent');
  return useMemo(() => {
    const branches = new Map(agents.map(({ id, branch }) => [id, branch]));
    return (agent) => branches.get(agent);
  }, [agents]);
}

import { Gauge, SquareTerminal, StepForward } from 'lucide-react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { type LimitKind, limitKinds } from '../../../../preload/contract/limits.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { openAgentsDialog, useAgentAction } from '../../agents/index.ts';
import { DetailFrame, showAgent } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { noticeFacts } from './notice.ts';
import { useDismiss } from '../use-dismiss.ts';

type NoticeItem = Item<'notice', AgentRecord>;

export const noticeKind: InboxKind<'notice', AgentRecord> = {
  ...noticeFacts,
  open: showAgent,
  Detail: NoticeDetail,
};

/** Which limit a notice is about, by its name: `watch/backend.turns`. Undefined for one that is stuck. */
function limitOf(id: string): LimitKind | undefined {
  return limitKinds.find((kind) => id.endsWith(`.${kind}`));
}

/** What the watchdog saw: nothing has failed, and somebody should look. */
export function NoticeDetail({ item }: { item: NoticeItem }) {
  const { record: agent } = item;
  const act = useAgentAction();
  const dismiss = useDismiss();
  const nudge = () => act('agent.nudge', agent);
  const isRunning = agent.state === 'running' && agent.paused === undefined;
  const limit = limitOf(item.id);
  const raise = () => limit && openAgentsDialog({ kind: 'limits', agent: agent.id, of: limit });
  useShortcuts([{ keys: 'n', run: nudge }], isRunning && limit === undefined);
  useShortcuts([{ keys: 'l', run: () => void raise() }], limit !== undefined);
  return (
    <DetailFrame
      item={item}
      verb="may need you"
      footer={
        <div className="flex flex-wrap items-center gap-2">
          {limit && (
            <Button look="primary" icon={Gauge} shortcut="l" onClick={raise}>
              Raise the limit…
            </Button>
          )}
          <Button
            look={limit ? 'normal' : 'primary'}
            icon={SquareTerminal}
            shortcut="Enter"
            onClick={() => navigate('agents', `agent/${agent.id}`)}
          >
            Show terminal
          </Button>
          {isRunning && !limit && (
            <Button icon={StepForward} shortcut="n" onClick={nudge}>
              Nudge
            </Button>
          )}
          <Button look="quiet" className="ml-auto" shortcut="Delete" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </div>
      }
    >
      <UntrustedText text={item.title} />
      <p className="mt-3 text-muted">It is taken off this list by itself once it is over.</p>
    </DetailFrame>
  );
}

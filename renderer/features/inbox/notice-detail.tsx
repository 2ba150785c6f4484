import { SquareTerminal, StepForward } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { useAgentAction } from '../agents/index.ts';
import { DetailFrame } from './detail-frame.tsx';
import type { InboxItem } from './inbox-items.ts';
import { useDismiss } from './use-dismiss.ts';

type NoticeItem = Extract<InboxItem, { kind: 'notice' }>;

/** What the watchdog saw: nothing has failed, and somebody should look. */
export function NoticeDetail({ item }: { item: NoticeItem }) {
  const { record: agent } = item;
  const act = useAgentAction();
  const dismiss = useDismiss();
  const nudge = () => act('agent.nudge', agent);
  const isRunning = agent.state === 'running' && agent.paused === undefined;
  useShortcuts([{ keys: 'n', run: nudge }], isRunning);
  return (
    <DetailFrame
      item={item}
      verb="may need you"
      footer={
        <div className="flex items-center gap-2">
          <Button
            look="primary"
            icon={SquareTerminal}
            shortcut="Enter"
            onClick={() => navigate('agents', `agent/${agent.id}`)}
          >
            Show terminal
          </Button>
          {isRunning && (
            <Button icon={StepForward} shortcut="n" onClick={nudge}>
              Nudge
            </Button>
          )}
          <span className="flex-1" />
          <Button look="quiet" shortcut="x" onClick={() => dismiss(item)}>
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

import { Play, SquareTerminal } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { describeExit, isAtLimit, useAgentAction } from '../agents/index.ts';
import { DetailFrame } from './detail-frame.tsx';
import type { InboxItem } from './inbox-items.ts';
import { Problem } from './problem.tsx';
import { useDismiss } from './use-dismiss.ts';

type FailedAgentItem = Extract<InboxItem, { kind: 'failed-agent' }>;

function verbOf({ failure }: FailedAgentItem['record']): string {
  if (isAtLimit(failure)) return 'was stopped at its limit';
  return failure ? 'could not do what you asked for' : 'stopped by itself';
}

export function FailedAgentDetail({ item }: { item: FailedAgentItem }) {
  const agent = item.record;
  const act = useAgentAction();
  const dismiss = useDismiss();
  const start = () => act('agent.start', agent);
  const isStopped = agent.state === 'stopped';
  useShortcuts([{ keys: 's', run: start }], isStopped);
  return (
    <DetailFrame
      item={item}
      verb={verbOf(agent)}
      footer={
        <div className="flex items-center gap-2">
          {isStopped && (
            <Button look="primary" icon={Play} shortcut="s" onClick={start}>
              Start again
            </Button>
          )}
          <Button
            icon={SquareTerminal}
            shortcut="Enter"
            onClick={() => navigate('agents', `agent/${agent.id}`)}
          >
            Show terminal
          </Button>
          <span className="flex-1" />
          <Button look="quiet" shortcut="x" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </div>
      }
    >
      {agent.exit && (
        <p>
          Its program ({agent.profile}) {describeExit(agent)},{' '}
          <RelativeTime atMs={agent.exit.atMs} /> ago.
        </p>
      )}
      {agent.restart?.isGivenUp && (
        <p className="mt-3">
          It was started again {agent.restart.tries} times in a row. Musher gave up: nothing starts
          it now but you.
        </p>
      )}
      {agent.failure && <Problem error={agent.failure} />}
      {agent.worktreePath && (
        <p className="mt-3 text-muted">
          Its files, its branch <code className="text-selectable">{agent.branch}</code> and its
          inbox are as they were.
        </p>
      )}
    </DetailFrame>
  );
}

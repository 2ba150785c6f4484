import { Coins, Gauge, Play, SquareTerminal } from 'lucide-react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { isBudgetSpent } from '../../../../preload/contract/say-cost.ts';
import { limitReached } from '../../../../preload/contract/limits.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import {
  describeExit,
  LimitGrant,
  limitWord,
  openAgentsDialog,
  useAgentAction,
} from '../../agents/index.ts';
import { DetailFrame, showAgent } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { failedAgentFacts } from './failed-agent.ts';
import { Problem } from '../problem.tsx';
import { useDismiss } from '../use-dismiss.ts';

type FailedAgentItem = Item<'failed-agent', AgentRecord>;

export const failedAgentKind: InboxKind<'failed-agent', AgentRecord> = {
  ...failedAgentFacts,
  open: showAgent,
  Detail: FailedAgentDetail,
};

function verbOf({ failure }: FailedAgentItem['record']): string {
  const limit = limitWord(failure);
  if (limit !== undefined) return `is ${limit}`;
  return failure ? 'could not do what you asked for' : 'stopped by itself';
}

export function FailedAgentDetail({ item }: { item: FailedAgentItem }) {
  const agent = item.record;
  const act = useAgentAction();
  const dismiss = useDismiss();
  const start = () => act('agent.start', agent);
  const isStopped = agent.state === 'stopped';
  const limit = limitReached(agent.failure);
  const raise = () => openAgentsDialog({ kind: 'limits', agent: agent.id, of: limit ?? 'turns' });
  const isSpent = isBudgetSpent(agent.failure);
  const showCosts = () => navigate('costs');
  useShortcuts([{ keys: 's', run: start }], isStopped);
  useShortcuts([{ keys: 'c', run: showCosts }], isSpent);
  useShortcuts([{ keys: 'l', run: raise }], limit !== undefined);
  return (
    <DetailFrame
      item={item}
      verb={verbOf(agent)}
      footer={
        <div className="flex flex-wrap items-center gap-2">
          {isSpent && (
            <Button look="primary" icon={Coins} shortcut="c" onClick={showCosts}>
              Show the budget
            </Button>
          )}
          {isStopped && (
            <Button look={isSpent ? 'normal' : 'primary'} icon={Play} shortcut="s" onClick={start}>
              Start again
            </Button>
          )}
          {limit && (
            <Button icon={Gauge} shortcut="l" onClick={raise}>
              Raise the limit…
            </Button>
          )}
          <Button
            icon={SquareTerminal}
            shortcut="Enter"
            onClick={() => navigate('agents', `agent/${agent.id}`)}
          >
            Show terminal
          </Button>
          <Button look="quiet" className="ml-auto" shortcut="Delete" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </div>
      }
    >
      {agent.exit && (
        <p>
          Its program ({agent.profile}) {describeExit(agent)},{' '}
          <RelativeTime atMs={agent.exit.atMs} withAgo />.
        </p>
      )}
      {agent.restart?.isGivenUp && (
        <p className="mt-3">
          It was started again {agent.restart.tries} times in a row. Musher gave up: nothing starts
          it now but you.
        </p>
      )}
      {agent.failure && <Problem error={agent.failure} isCalm={limit !== undefined || isSpent} />}
      {limit && <LimitGrant agent={agent} />}
      {isSpent && (
        <p className="mt-3">Started before there is room in that budget, it is stopped again.</p>
      )}
      {agent.worktreePath && (
        <p className="mt-3 text-muted">
          Its files, its branch <code className="text-selectable">{agent.branch}</code> and its
          inbox are as they were.
        </p>
      )}
    </DetailFrame>
  );
}

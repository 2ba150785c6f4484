import { MessagesSquare } from 'lucide-react';
import { useMemo } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Count } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { AgentDot, byAge } from '../agents/index.ts';
import { type Filters, toTarget } from './message-filters.ts';
import { useUnread } from './use-messages.ts';

/** All messages, or those with one agent; what else narrows them stays. */
export function ThreadList({ filters }: { filters: Filters }) {
  const { agent: current, thread: _closed, ...narrowed } = filters;
  const records = useRecords('agent');
  const unread = useUnread();
  const agents = useMemo(
    () => records.filter(({ state }) => state !== 'destroyed').sort(byAge),
    [records],
  );
  return (
    <nav aria-label="Conversations" className="min-h-0 flex-1 overflow-y-auto p-2">
      <ThreadLink
        isCurrent={current === undefined}
        onOpen={() => navigate('messages', toTarget(narrowed))}
      >
        <MessagesSquare size={16} strokeWidth={1.75} aria-hidden className="text-muted" />
        <span className="flex-1 truncate">Everyone</span>
      </ThreadLink>
      {agents.map((agent: AgentRecord) => (
        <ThreadLink
          key={agent.id}
          isCurrent={agent.id === current}
          onOpen={() => navigate('messages', toTarget({ ...narrowed, agent: agent.id }))}
        >
          <span className="flex w-4 justify-center">
            <AgentDot agent={agent} />
          </span>
          <span className="min-w-0 flex-1 truncate">{agent.id}</span>
          <Count value={unread.get(agent.id) ?? 0} what="unread" loud />
        </ThreadLink>
      ))}
    </nav>
  );
}

interface ThreadLinkProps {
  isCurrent: boolean;
  onOpen: () => void;
  children: React.ReactNode;
}

function ThreadLink({ isCurrent, onOpen, children }: ThreadLinkProps) {
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onOpen}
      className={classNames(
        'flex h-7 w-full items-center gap-2 rounded-md px-2 text-left',
        isCurrent ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      {children}
    </button>
  );
}

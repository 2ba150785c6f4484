import { memo, useMemo } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { keyOfTarget } from '../../../preload/contract/place.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { Count } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { isWide, useMedia } from '../../ui/use-media.ts';
import { AgentDot } from './agent-dot.tsx';
import { useLayout } from './layout/use-layout.ts';
import { byAge, presentAgent, reasonOf, sinceOf } from './present-agent.ts';
import { hasFailed, isAtLimit } from './agent-exit.ts';
import { useLastHeard } from './use-last-heard.ts';
import { useWaiting } from './use-waiting.ts';

/** Every agent, unless the view has the same list beside the one that is large. */
export function AgentsSidebar() {
  const [{ layout }] = useLayout();
  const hasColumn = useMedia(isWide);
  const isListed = useUi(
    ({ place }) =>
      place.view === 'agents' &&
      (layout === 'single' || place.target?.startsWith('agent/') === true),
  );
  return isListed && hasColumn ? null : <AgentLinks />;
}

/** Every agent that is not destroyed, with what it does, since when it was last heard, and what it waits with. */
function AgentLinks() {
  const agents = useRecords('agent');
  const waiting = useWaiting();
  const current = useUi(({ place }) =>
    place.view === 'agents' ? keyOfTarget(place.target, 'agent') : undefined,
  );
  const ids = useMemo(
    () =>
      agents
        .filter(({ state }) => state !== 'destroyed')
        .sort(byAge)
        .map(({ id }) => id),
    [agents],
  );
  return (
    <section aria-label="Agents" className="flex min-h-0 flex-1 flex-col border-t">
      <header className="flex h-8 shrink-0 items-center justify-between px-4 text-faint">
        <h2 className="text-sm font-medium">Agents</h2>
        {/* Elsewhere an age says how long something is so. */}
        {ids.length > 0 && (
          <span aria-hidden className="text-xs">
            last heard
          </span>
        )}
      </header>
      <ul className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {ids.map((id) => (
          <AgentLink key={id} id={id} waiting={waiting.get(id) ?? 0} isCurrent={id === current} />
        ))}
        {ids.length === 0 && <li className="px-2 text-faint">None yet</li>}
      </ul>
    </section>
  );
}

interface AgentLinkProps {
  id: string;
  waiting: number;
  isCurrent: boolean;
}

const AgentLink = memo(function AgentLink({ id, waiting, isCurrent }: AgentLinkProps) {
  const agent = useRecord('agent', id);
  if (!agent) return null;
  const { word } = presentAgent(agent);
  const note = agent.state === 'running' ? toPlainLine(agent.status.note ?? '') : '';
  return (
    <li>
      <button
        type="button"
        aria-current={isCurrent ? 'true' : undefined}
        title={`${id}: ${word}${note && `, ${note}`}\n${reasonOf(agent)}`}
        onClick={() => navigate('agents', `agent/${id}`)}
        className={classNames(
          'flex h-7 w-full items-center gap-2 rounded-md px-2 text-left',
          isCurrent ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <span className="flex w-4 justify-center">
          <AgentDot agent={agent} />
        </span>
        <span
          className={classNames(
            'min-w-0 flex-1 truncate',
            waiting === 0 && !hasFailed(agent) && !isAtLimit(agent.failure) && 'text-muted',
          )}
        >
          {id}
        </span>
        <Count value={waiting} what="waiting for you" loud />
        <AgentAge agent={agent} />
      </button>
    </li>
  );
});

/** When a running one was last heard; of the others, paused ones too, how long they are what they are. */
function AgentAge({ agent }: { agent: AgentRecord }) {
  const isRunning = agent.state === 'running' && agent.paused === undefined;
  const lastHeardMs = useLastHeard(agent);
  const atMs = isRunning ? lastHeardMs : sinceOf(agent);
  if (atMs === undefined) return null;
  const isAmber = isSilent(agent) || isAtLimit(agent.failure);
  const tone = hasFailed(agent) ? 'text-red' : isAmber ? 'text-amber' : 'text-faint';
  return (
    <RelativeTime
      atMs={atMs}
      prefix={isRunning ? 'last heard' : `${presentAgent(agent).word} for`}
      className={classNames('w-7 text-right text-xs', tone)}
    />
  );
}

function isSilent({ state, liveness }: AgentRecord): boolean {
  return state === 'running' && liveness === 'stale';
}

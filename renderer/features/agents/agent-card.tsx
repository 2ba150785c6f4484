import { Fragment, type ReactNode } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { countOfFiles, useChangedCount } from '../worktrees/index.ts';
import { EvidenceTable } from './evidence/evidence-table.tsx';
import { LastHeard } from './last-heard.tsx';
import { presentAgent, reasonOf, sinceOf } from './present-agent.ts';
import { useCollisionFacts } from '../conflicts/index.ts';
import { useWatchFacts } from './watch-facts.tsx';

/** What is known of an agent, at a glance: the status and why it is believed, what waits, and what it changes. */
export function AgentCard({ agent }: { agent: AgentRecord }) {
  const facts: ReadonlyArray<readonly [string, ReactNode]> = [
    ['Status', <Status key="status" agent={agent} />],
    ['Evidence', <EvidenceTable key="evidence" agent={agent} />],
    ...useWaits(agent.id),
    ...useWatchFacts(agent.id),
    ...useCollisionFacts(agent.id),
    ['Branch', <code key="branch">{agent.branch}</code>],
    ...useChanges(agent.id),
    ['Added', <RelativeTime key="added" atMs={agent.createdMs} prefix="for" />],
  ];
  return (
    <span className="grid max-w-76 grid-cols-[auto_1fr] gap-x-3 gap-y-1 py-0.5">
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <span className="text-faint">{name}</span>
          <span className="min-w-0 wrap-anywhere">{value}</span>
        </Fragment>
      ))}
    </span>
  );
}

function Status({ agent }: { agent: AgentRecord }) {
  const { note } = agent.status;
  return (
    <span className="flex flex-col">
      <span>
        {presentAgent(agent).word} for <RelativeTime atMs={sinceOf(agent)} prefix="" />
      </span>
      <span>{reasonOf(agent)}</span>
      {agent.state === 'running' && note && <span>{toPlainLine(note)}</span>}
      <LastHeard agent={agent} />
    </span>
  );
}

/** Since when the operator is what it waits for, and with what. */
function useWaits(id: string): ReadonlyArray<readonly [string, ReactNode]> {
  const waiting = useRecords('waiting').filter(
    ({ agent, isBlocking, snoozedUntilMs }) =>
      agent === id && isBlocking && snoozedUntilMs === undefined,
  );
  const [oldest] = waiting.toSorted((a, b) => a.sinceMs - b.sinceMs);
  if (oldest === undefined) return [];
  const more = waiting.length > 1 ? `, and ${waiting.length - 1} more` : '';
  const value = (
    <span key="waits">
      <span className="text-amber">
        for you, <RelativeTime atMs={oldest.sinceMs} prefix="for" />
      </span>{' '}
      {toPlainLine(oldest.title)}
      {more}
    </span>
  );
  return [['Waits', value]];
}

/** What its worktree has changed, the commit that waits, and what it said it is about to change. */
function useChanges(id: string): ReadonlyArray<readonly [string, ReactNode]> {
  const approval = useRecords('approval').findLast(
    ({ agent, state }) => agent === id && isUndecided(state),
  );
  const intent = useRecord('intent', id);
  const changed = useChangedCount(id);
  const facts: Array<readonly [string, ReactNode]> = [];
  if (changed) facts.push(['Changed', countOfFiles(changed)]);
  if (approval)
    facts.push([
      'To review',
      `${countOfFiles(approval.fileCount)}, +${approval.additions} −${approval.deletions}`,
    ]);
  if (intent)
    facts.push([
      intent.exclusive ? 'Has claimed' : 'Will change',
      countOfFiles(intent.files.length),
    ]);
  return facts;
}

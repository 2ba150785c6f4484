/** What can be done with several agents at once, whom `--all` means, and what is asked about first. */
import type { AgentRecord } from '../../preload/contract/agents.ts';
import { bulkConvenience } from './agent-bulk.ts';
import type { Convenience } from './capability-run.ts';

const isIn =
  (...states: ReadonlyArray<AgentRecord['state']>) =>
  ({ state }: AgentRecord) =>
    states.includes(state);

export const agentActions: ReadonlyArray<readonly [string, Convenience]> = [
  [
    'agent.stop',
    bulkConvenience({
      isMeant: (agent) => isIn('running', 'starting')(agent) || agent.restart?.nextMs !== undefined,
    }),
  ],
  ['agent.start', bulkConvenience({ isMeant: isIn('stopped') })],
  ['agent.restart', bulkConvenience({ isMeant: isIn('running') })],
  [
    'agent.pause',
    bulkConvenience({ isMeant: (agent) => isIn('running')(agent) && agent.paused === undefined }),
  ],
  ['agent.resume', bulkConvenience({ isMeant: ({ paused }) => paused !== undefined })],
  [
    'agent.destroy',
    bulkConvenience({
      isMeant: isIn('running', 'stopped'),
      asksOnlyForAll: true,
      warning: (agents) =>
        `This ends ${namesOf(agents)} and removes their worktrees. All their files are kept in snapshots first; \`musher agent revive\` brings each back.`,
    }),
  ],
  ['agent.purge', bulkConvenience({ isMeant: isIn('destroyed'), warning: purgeWarning })],
];

function namesOf(agents: readonly AgentRecord[]): string {
  return agents.map(({ id }) => id).join(', ');
}

function purgeWarning(agents: readonly AgentRecord[]): string {
  const kept = agents.map(({ id, branch, snapshotRef }) => {
    const files = snapshotRef === undefined ? 'it had no files to keep' : snapshotRef;
    return `  ${id}: ${branch}, ${files}`;
  });
  return [
    `Musher forgets ${namesOf(agents)}: no revive any more, and no way back into a conversation.`,
    'Git keeps the branch and the files as they were:',
    ...kept,
  ].join('\n');
}

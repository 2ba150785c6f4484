/** Commits: what agents commit, told as it happens; what a branch leaves behind is kept, and what lands elsewhere is said. */
import { commits as contract } from '../../../preload/contract/commits.ts';
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Feature, QueryContext } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { requireActingAgent, requireAgent, selectAgents } from '../agents/index.ts';
import { inboxTopic } from '../messages/index.ts';
import { decideReturn, decideStray, decideTell } from './decide.ts';
import type { CommitsState } from './slice.ts';
import { initialCommits, reduceCommits } from './slice.ts';
import { commitWaits } from './waits.ts';
import type { CommitPorts } from './watch-heads.ts';
import { watchHeads } from './watch-heads.ts';
import { describeCommits } from './words.ts';

export type { CommitPorts } from './watch-heads.ts';

export function commitsFeature(ports: CommitPorts): Feature {
  return feature(contract, {
    initial: initialCommits,
    version: 1,
    commands: {
      'commit.tell': { decide: decideTell },
      'commit.tell_stray': { decide: decideStray },
      'commit.tell_return': { decide: decideReturn },
    },
    queries: { 'commit.list': (ask, ctx) => list(ports, ask, ctx) },
    reduce: reduceCommits,
    views: { head: { items: (state: CommitsState) => state } },
    waits: commitWaits,
    topics: ({ type, data }) =>
      type === 'commit.strayed' ? [inboxTopic((data as { agent: string }).agent)] : [],
    search: {
      'commit.made': { text: ['subject', 'commit'] },
      'commit.strayed': { text: [] },
    },
    describe: describeCommits,
    start: (life) => watchHeads(ports, life),
  });
}

async function list(
  { commits }: CommitPorts,
  { agent: name, limit }: QueryData<typeof contract, 'commit.list'>,
  { hub, actor, signal }: QueryContext<CommitsState>,
): Promise<Result<QueryResult<typeof contract, 'commit.list'>>> {
  const agents = selectAgents(hub);
  const agent = name === undefined ? requireActingAgent(agents, actor) : requireAgent(agents, name);
  if (!agent.ok) return agent;
  const { id, branch, base, state } = agent.value;
  if (base === undefined) {
    const needs = { command: 'commit.list', expected: 'a worktree' };
    return refuse('AGENT_NOT_IN_STATE', {
      agent: id,
      state,
      ...needs,
      hint: 'Wait until it stands.',
    });
  }
  return ok({ branch, ...(await commits.list({ agent: id, branch, base, limit, signal })) });
}

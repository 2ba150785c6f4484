/** Where each agent's branch is, as far as it was told. */
import type { HeadRecord } from '../../../preload/contract/commit-facts.ts';
import type { commits as contract } from '../../../preload/contract/commits.ts';
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { Table } from '../../../preload/contract/table.ts';

/** By agent. */
export type CommitsState = Table<HeadRecord>;

export const initialCommits: CommitsState = Table.empty();

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

function made(state: CommitsState, event: EventEnvelope): CommitsState {
  const { agent, branch, commit, more = 0 } = event.data as Data<'commit.made'>;
  const before = state.get(agent);
  const commitCount = (before?.commitCount ?? 0) + 1 + more;
  const lastMs = event.atMs;
  return state.set(agent, { ...before, agent, branch, head: commit, commitCount, lastMs });
}

function rewound(state: CommitsState, event: EventEnvelope): CommitsState {
  const { agent, branch, to } = event.data as Data<'commit.rewound'>;
  const before = state.get(agent) ?? { commitCount: 0 };
  return state.set(agent, { ...before, agent, branch, head: to, lastMs: event.atMs });
}

function strayed(state: CommitsState, event: EventEnvelope): CommitsState {
  const { agent, expected, commits } = event.data as Data<'commit.strayed'>;
  const fresh: HeadRecord = { agent, branch: expected, commitCount: 0, lastMs: event.atMs };
  const before = state.get(agent) ?? fresh;
  const sinceMs = before.stray?.sinceMs ?? event.atMs;
  return state.set(agent, { ...before, lastMs: event.atMs, stray: { commits, sinceMs } });
}

function returned(state: CommitsState, event: EventEnvelope): CommitsState {
  const { agent } = event.data as Data<'commit.returned'>;
  return state.update(agent, ({ stray: _over, ...head }) => head);
}

function gone(state: CommitsState, event: EventEnvelope): CommitsState {
  return state.delete((event.data as { agent: string }).agent);
}

export const reduceCommits = {
  'commit.made': made,
  'commit.rewound': rewound,
  'commit.strayed': strayed,
  'commit.returned': returned,
  'agent.purged': gone,
};

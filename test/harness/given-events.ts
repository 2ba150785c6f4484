// Pasts that tests begin with.

import type { Past } from './given.ts';
import { hex } from './hub-ports.ts';

export const added = (agent: string, data: object = {}): Past => ({
  type: 'agent.added',
  actor: 'operator',
  data: {
    agent,
    profile: 'shell',
    branch: `agent/${agent}`,
    baseRef: 'main',
    start: true,
    ...data,
  },
});

export const provisioned = (agent: string): Past => ({
  type: 'agent.provisioned',
  data: {
    agent,
    worktreePath: `/r.worktrees/${agent}`,
    branch: `agent/${agent}`,
    base: { ref: 'main', commit: hex('b') },
  },
});

export const moved = (agent: string, to: string, session?: number): Past => ({
  type: 'agent.state_changed',
  data: { agent, to, session },
});

export const launched = (agent: string, session = 1): Past => ({
  type: 'agent.launched',
  data: { agent, terminalId: `${agent}.${session}`, pid: 1 },
});

export const exited = (agent: string, session = 1, exitCode: number | null = 0): Past => ({
  type: 'terminal.exited',
  data: { terminalId: `${agent}.${session}`, agent, exitCode, signal: null },
});

const starting = (agent: string): Past[] => [
  added(agent),
  provisioned(agent),
  moved(agent, 'starting', 1),
];
const running = (agent: string): Past[] => [...starting(agent), launched(agent)];

/** How an agent comes into each state of its life. */
export const life: Readonly<Record<string, (agent: string) => Past[]>> = {
  creating: (agent) => [added(agent)],
  starting,
  running,
  stopping: (agent) => [...running(agent), moved(agent, 'stopping')],
  stopped: (agent) => [...running(agent), moved(agent, 'stopping'), moved(agent, 'stopped')],
  restarting: (agent) => [...running(agent), moved(agent, 'restarting')],
  destroying: (agent) => [...running(agent), moved(agent, 'destroying')],
  destroyed: (agent) => [
    ...running(agent),
    moved(agent, 'destroying'),
    {
      type: 'agent.destroyed',
      data: { agent, snapshotRef: `refs/musher/snapshots/${agent}` },
    },
  ],
};

export const asked = (question: string, asker: string, data: object = {}): Past => ({
  type: 'question.asked',
  actor: `agent:${asker}`,
  data: { question, asker, to: 'operator', text: 'Which?', options: [], multi: false, ...data },
});

export const pin = {
  commit: hex('a'),
  tree: hex('c'),
  base: hex('b'),
  target: 'main',
  diffHash: hex('d', 64),
};

export const requested = (approval: string, agent: string, data: object = {}): Past => ({
  type: 'approval.requested',
  actor: `agent:${agent}`,
  data: {
    ...{ approval, agent, title: 'Work', pin, files: [], fileCount: 0 },
    ...{ additions: 0, deletions: 0, commitCount: 1, ...data },
  },
});

export const ofApproval = (type: string, approval: string, data: object = {}): Past => ({
  type: `approval.${type}`,
  actor: type === 'approved' || type === 'denied' ? 'operator' : 'system',
  data: {
    ...{ approval, agent: 'a', title: 'Work', pin, updateCheckout: true, note: '' },
    ...(type === 'merged' && { target: pin.target, mergeCommit: pin.commit }),
    ...data,
  },
});

/** What is known of one story when it is decided what happens next: gathered from the state, looked at by nobody else. */
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { HubState } from '../../hub/feature.ts';
import { type Agent, selectAgents } from '../agents/index.ts';
import { selectApprovals } from '../approvals/index.ts';
import { gatesOfRequest, type RequestGates } from '../gates/index.ts';
import { isInWork, selectStories, type Story, storyOf } from '../stories/index.ts';
import type { LandingPorts } from './ports.ts';
import type { LandingSettings } from './settings.ts';
import { type Landing, selectLanding } from './slice.ts';
import type { Trouble } from './troubles.ts';

export interface View {
  readonly row: Landing;
  readonly story: Story;
  /** Of its commit; undefined where none was asked for, or it is not remembered. */
  readonly approval: ApprovalRecord | undefined;
  /** Of before, and still standing. */
  readonly standing: readonly ApprovalRecord[];
  readonly gates: RequestGates;
  readonly configured: ReturnType<LandingPorts['gates']>;
  readonly settings: LandingSettings;
  agent(id: string): Agent | undefined;
  /** An agent has another story in work. */
  isBusyElsewhere(agent: string): boolean;
  /** A name that no agent has. */
  freeName(wish: string): string;
  /** What went wrong with a step when it was tried. */
  trouble(key: string): Trouble | undefined;
  readonly nowMs: number;
}

export interface ViewAsk {
  readonly id: string;
  readonly hub: HubState;
  readonly ports: LandingPorts;
  readonly trouble: (key: string) => Trouble | undefined;
  readonly nowMs: number;
}

const noGates: RequestGates = { state: 'none', red: [], again: 0 };

export function viewOf({ id, hub, ports, trouble, nowMs }: ViewAsk): View | undefined {
  const row = selectLanding(hub).byId.get(id);
  const stories = selectStories(hub);
  const story = storyOf(stories, id);
  if (row === undefined || story === undefined) return undefined;
  const approvals = selectApprovals(hub).byId;
  const agents = selectAgents(hub).byId;
  const approval = row.approval === undefined ? undefined : approvals.get(row.approval);
  return {
    ...{ row, story, approval, trouble, nowMs },
    standing: row.others.flatMap((one) => {
      const found = approvals.get(one);
      const stands =
        found !== undefined && (isUndecided(found.state) || found.state === 'approved');
      return stands ? [found] : [];
    }),
    gates: approval?.state === 'pending' ? gatesOfRequest(hub, approval.id) : noGates,
    configured: ports.gates(),
    settings: ports.settings(),
    agent: (agent) => agents.get(agent),
    isBusyElsewhere: (agent) =>
      (stories.byAgent.get(agent) ?? []).some((other) => {
        const found = other === id ? undefined : stories.open.get(other);
        return found !== undefined && isInWork(found);
      }),
    freeName(wish) {
      for (let n = 1; ; n += 1) {
        const name = n === 1 ? wish : `${wish}-${n}`;
        if (!agents.has(name)) return name;
      }
    },
  };
}

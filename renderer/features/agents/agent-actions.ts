/** What can be done with an agent, by its state; the same in menus, the palette and the pane. Pure. */
import {
  Archive,
  CircleStop,
  Clapperboard,
  Copy,
  FastForward,
  Forward,
  Gauge,
  Inbox,
  type LucideIcon,
  Pause,
  Play,
  RotateCcw,
  StepForward,
  Trash2,
  Undo2,
} from 'lucide-react';
import type { AgentRecord, AgentState } from '../../../preload/contract/agents.ts';

/** Those that are commands of the hub have its name. */
export type AgentCommand =
  | 'agent.start'
  | 'agent.stop'
  | 'agent.restart'
  | 'agent.pause'
  | 'agent.resume'
  | 'agent.nudge'
  | 'agent.kick'
  | 'agent.destroy'
  | 'agent.revive'
  | 'agent.purge';

export type AgentActionId = AgentCommand | OwnActionId;

type OwnActionId = 'set-limits' | 'copy-branch' | 'show-inbox' | 'show-recording';

/** False for what only this page does. */
export function isCommand(id: AgentActionId): id is AgentCommand {
  return id.startsWith('agent.');
}

export interface AgentAction {
  readonly id: AgentActionId;
  readonly title: string;
  readonly icon: LucideIcon;
  /** What it does, where the word alone does not tell. */
  readonly detail?: string;
  /** Asked about first. */
  readonly danger?: boolean;
}

const cancelRestart: AgentAction = { id: 'agent.stop', title: 'Cancel restart', icon: CircleStop };

const actions: Readonly<Record<AgentActionId, AgentAction>> = {
  'agent.start': { id: 'agent.start', title: 'Start', icon: Play },
  'agent.stop': { id: 'agent.stop', title: 'Stop', icon: CircleStop },
  'agent.restart': { id: 'agent.restart', title: 'Restart', icon: RotateCcw },
  'agent.pause': { id: 'agent.pause', title: 'Pause', icon: Pause },
  'agent.resume': { id: 'agent.resume', title: 'Resume', icon: FastForward },
  'agent.nudge': { id: 'agent.nudge', title: 'Nudge', icon: StepForward },
  'agent.kick': {
    ...{ id: 'agent.kick', title: 'Kick', icon: Forward },
    detail: 'It reads its messages and goes on',
  },
  'agent.destroy': { id: 'agent.destroy', title: 'Destroy…', icon: Trash2, danger: true },
  'agent.revive': { id: 'agent.revive', title: 'Revive', icon: Undo2 },
  'agent.purge': { id: 'agent.purge', title: 'Purge…', icon: Archive, danger: true },
  'set-limits': { id: 'set-limits', title: 'Limits…', icon: Gauge },
  'copy-branch': { id: 'copy-branch', title: 'Copy branch name', icon: Copy },
  'show-inbox': { id: 'show-inbox', title: 'Show inbox', icon: Inbox },
  'show-recording': { id: 'show-recording', title: 'Recording', icon: Clapperboard },
};

const byState: Readonly<Record<AgentState, readonly AgentActionId[]>> = {
  creating: [],
  starting: ['agent.stop'],
  running: [
    ...(['agent.stop', 'agent.restart', 'agent.nudge', 'agent.kick'] as const),
    ...(['agent.pause', 'agent.destroy'] as const),
  ],
  stopping: [],
  stopped: ['agent.start', 'agent.destroy'],
  restarting: [],
  destroying: [],
  destroyed: ['agent.revive', 'agent.purge'],
};

/** What changes the agent now. Nothing while a change is under way. */
export function actionsOf({
  state,
  paused,
  restart,
}: Pick<AgentRecord, 'state' | 'paused' | 'restart'>): readonly AgentAction[] {
  const now = byState[state].map((id) => actions[id]);
  if (restart?.nextMs !== undefined) return [cancelRestart, ...now];
  if (paused === undefined) return now;
  return [actions['agent.resume'], ...now.filter(({ id }) => !notWhilePaused.has(id))];
}

const notWhilePaused: ReadonlySet<AgentActionId> = new Set([
  ...(['agent.pause', 'agent.nudge', 'agent.kick'] as const),
]);

/** What a menu shows though it cannot be done now, with the reason: who looks for it is to find it. */
export function withheldOf({
  state,
  paused,
}: Pick<AgentRecord, 'state' | 'paused'>): readonly AgentAction[] {
  if (state === 'running' && paused === undefined) return [];
  return [{ ...actions['agent.kick'], detail: paused ? 'It is paused' : 'It is not running' }];
}

export function iconOf(id: AgentCommand): LucideIcon {
  return actions[id].icon;
}

/** What is there in every state. */
export const standingActions: readonly AgentAction[] = [
  actions['set-limits'],
  actions['copy-branch'],
  actions['show-inbox'],
  actions['show-recording'],
];

/** What is kept, said before it happens. */
export function warningOf(
  id: AgentActionId,
  {
    id: agent,
    branch,
    snapshotRef,
    adoptedPath,
  }: Pick<AgentRecord, 'id' | 'branch' | 'snapshotRef' | 'adoptedPath'>,
): { title: string; text: string; confirm: string } | undefined {
  if (id === 'agent.destroy') {
    return {
      title: `Destroy ${agent}?`,
      text:
        adoptedPath === undefined
          ? 'Its terminal is ended and its worktree removed. Before that, every file is kept in a snapshot, changes and untracked files too; Revive brings all of it back.'
          : `Its terminal is ended. Musher did not make its folder, so that stays at ${adoptedPath} with all that is in it; a snapshot is kept all the same.`,
      confirm: 'Destroy',
    };
  }
  if (id === 'agent.purge') {
    return {
      title: `Purge ${agent}?`,
      text: `Musher forgets the agent: it can no longer be revived, nor its conversation taken up. Git keeps its branch ${branch}${snapshotRef === undefined ? '; it had no files besides' : ` and its files, as ${snapshotRef}`}.`,
      confirm: 'Purge',
    };
  }
  return undefined;
}

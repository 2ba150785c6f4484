/** Where an agent is stuck and how near its limits it is, as one line each, with what to do. Pure. */
import type { Shape, Stuck, Use, WatchRecord } from '../../../preload/contract/watchdog.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { AgentCommand } from './agent-actions.ts';
import { limitNames } from './agent-exit.ts';

interface Words {
  readonly says: string;
  /** What to do. */
  readonly mend: string;
  readonly actions: readonly AgentCommand[];
}

const words: Readonly<Record<Shape, Words>> = {
  'stuck-on-prompt': {
    says: 'Waits at its own screen',
    mend: 'answer it in its terminal',
    actions: [],
  },
  'stream-timeout': {
    says: 'Lost its model',
    mend: 'nudge it to try again, or restart it',
    actions: ['agent.nudge', 'agent.restart'],
  },
  'context-bloat': {
    says: 'Its context is large',
    mend: 'have it commit, then compact',
    actions: [],
  },
  'no-progress': {
    says: 'No progress',
    mend: 'look at its terminal, or nudge it',
    actions: ['agent.nudge'],
  },
  'blocked-on-supervisor': { says: 'Waits for you', mend: 'answer it in the Inbox', actions: [] },
};

export interface StuckLine {
  readonly shape: Shape;
  readonly says: string;
  /** What was seen. */
  readonly what: string;
  /** Both. */
  readonly text: string;
  readonly mend: string;
  readonly actions: readonly AgentCommand[];
  readonly sinceMs: number;
}

export function stuckLine({ shape, what, sinceMs }: Stuck): StuckLine {
  const { says, mend, actions } = words[shape];
  const seen = toPlainLine(what);
  return { shape, says, what: seen, text: `${says}: ${seen}`, mend, actions, sinceMs };
}

/** The one that is said where there is room for one: what the operator can mend soonest. */
export function firstStuck({ stuck }: Pick<WatchRecord, 'stuck'>): StuckLine | undefined {
  const order = Object.keys(words);
  const [first] = stuck.toSorted((a, b) => order.indexOf(a.shape) - order.indexOf(b.shape));
  return first && stuckLine(first);
}

/** `its turns and its time`; undefined where no limit is near. */
export function nearWords({ near }: Pick<WatchRecord, 'near'>): string | undefined {
  const kinds = (Object.keys(limitNames) as Array<keyof typeof limitNames>).filter(
    (kind) => near[kind] !== undefined,
  );
  if (kinds.length === 0) return undefined;
  return `80 % of its ${kinds.map((kind) => limitNames[kind]).join(' and its ')} is used`;
}

/** `turns: 12 of 50`, `cost: not told by this CLI, limit $5.00`. */
export function wordsOfUse({ kind, used, of }: Use): string {
  const limit = of === undefined ? undefined : amountOf(kind, of);
  if (used !== undefined)
    return `${limitNames[kind]}: ${amountOf(kind, used)}${limit === undefined ? '' : ` of ${limit}`}`;
  return `${limitNames[kind]}: ${notTold}${limit === undefined ? '' : `, limit ${limit}`}`;
}

export const notTold = 'not told by this CLI';

export function amountOf(kind: Use['kind'], value: number): string {
  if (kind === 'turns') return String(value);
  if (kind === 'costUsd') return `$${value.toFixed(2)}`;
  const minutes = Math.floor(value / 60_000);
  if (minutes < 60) return `${minutes}m`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60}h` : `${Math.floor(minutes / 60)}h ${rest}m`;
}

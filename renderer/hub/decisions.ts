/**
 * What the operator decided on this page: each decision is held for a while, so that it can be undone, and sent then.
 * Without a connection it waits for one, and can be undone as long. It keeps nothing beyond the page, so a page
 * that goes sends what is held at once, and one that cannot asks before it goes.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PageClock } from './channel.ts';

export interface NewDecision {
  /** What it is about, at most one at a time: `question/q-3f2a`. */
  readonly subject: string;
  /** What else one decision about several is about. */
  readonly others?: readonly string[];
  /** One line in the past tense: `Answered backend: postgres`. May hold untrusted words. */
  readonly what: string;
  /** Dispatches it; false when it was refused. Shows the refusal itself. */
  readonly send: () => Promise<boolean>;
  /** It was undone or refused: put back what was written, select it again. Refused, the operator may be elsewhere by now. */
  readonly onBack?: (why: 'undone' | 'refused') => void;
}

/** `held` and `offline` can be undone; `sending` is with the hub, or on the way to it. */
export type DecisionState = 'held' | 'offline' | 'sending' | 'sent' | 'undone' | 'refused';

export interface Decision extends NewDecision {
  readonly id: number;
  readonly state: DecisionState;
  readonly decidedMs: number;
  /** When it will be sent, while it is held. */
  readonly sendsMs: number;
}

export type DecisionStore = StoreApi<readonly Decision[]>;

/** Long enough to see what one did, short enough that nobody waits for it. */
export const holdMs = 5_000;
/** How many settled ones the list of decisions goes back. */
const settledKept = 50;

export class Decisions {
  /** The newest first. */
  readonly store: DecisionStore = createStore<readonly Decision[]>(() => []);
  private readonly timers = new Map<number, () => void>();
  private online = false;
  private lastId = 0;
  private readonly clock: PageClock;

  constructor(clock: PageClock) {
    this.clock = clock;
  }

  /** Takes a decision. One on the same subject that is still held is undone by it; one that is being sent stays. */
  decide(decision: NewDecision): void {
    const subjects = new Set(subjectsOf(decision));
    const isSame = (one: Decision) =>
      isUnderWay(one) && subjectsOf(one).some((subject) => subjects.has(subject));
    const earlier = this.store.getState().filter(isSame);
    if (earlier.some(({ state }) => state === 'sending')) return;
    for (const one of earlier) this.enter(one.id, 'undone');
    this.lastId += 1;
    const id = this.lastId;
    const decidedMs = this.clock.now();
    const sendsMs = decidedMs + holdMs;
    const taken: Decision = { ...decision, id, state: 'held', decidedMs, sendsMs };
    this.store.setState([taken, ...this.store.getState()], true);
    const cancel = this.clock.schedule(() => this.send(id), holdMs);
    this.timers.set(id, cancel);
  }

  /** The one named, else the newest that can be. False when there is none. */
  undo(id?: number): boolean {
    const decision = id === undefined ? this.store.getState().find(canUndo) : this.find(id);
    if (!decision || !canUndo(decision)) return false;
    this.enter(decision.id, 'undone');
    decision.onBack?.('undone');
    return true;
  }

  /** Sends those on this subject that are held before their time: what follows builds on them. */
  sendNow(subject: string): void {
    for (const one of this.store.getState())
      if (canUndo(one) && subjectsOf(one).includes(subject)) this.send(one.id);
  }

  /** Sends what is held; without a connection it waits for one. */
  flush(): void {
    this.sendAll('held');
  }

  /** Told each time the connection comes or goes. */
  setOnline(online: boolean): void {
    this.online = online;
    if (online) this.sendAll('offline');
  }

  /** The oldest first: in the order they were taken. */
  private sendAll(from: DecisionState): void {
    const waiting = this.store.getState().filter(({ state }) => state === from);
    for (const { id } of waiting.toReversed()) this.send(id);
  }

  private send(id: number): void {
    const decision = this.find(id);
    if (!decision || !canUndo(decision)) return;
    if (!this.online) {
      this.enter(id, 'offline');
      return;
    }
    this.enter(id, 'sending');
    decision.send().then(
      (taken) => this.settle(decision, taken),
      () => this.settle(decision, false),
    );
  }

  private settle(decision: Decision, taken: boolean): void {
    this.enter(decision.id, taken ? 'sent' : 'refused');
    if (!taken) decision.onBack?.('refused');
  }

  private find(id: number): Decision | undefined {
    return this.store.getState().find((one) => one.id === id);
  }

  private enter(id: number, state: DecisionState): void {
    this.timers.get(id)?.();
    this.timers.delete(id);
    const next = this.store.getState().map((one) => (one.id === id ? { ...one, state } : one));
    this.store.setState(bounded(next), true);
  }
}

export function subjectsOf({ subject, others = [] }: NewDecision): readonly string[] {
  return [subject, ...others];
}

export function canUndo({ state }: Decision): boolean {
  return state === 'held' || state === 'offline';
}

/** Decided, and not yet known to be taken: what it is about no longer waits on this page. */
export function isUnderWay(decision: Decision): boolean {
  return canUndo(decision) || decision.state === 'sending';
}

function bounded(all: readonly Decision[]): readonly Decision[] {
  const settled = all.filter((one) => !isUnderWay(one));
  const gone = new Set(settled.slice(settledKept));
  return gone.size === 0 ? all : all.filter((one) => !gone.has(one));
}

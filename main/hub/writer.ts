/**
 * The one writer. A command is decided against the newest state at once; its events wait for the end of this turn
 * of the loop, where everything decided in the turn is written in one transaction:
 *
 *   turn:  decide A · decide B · decide C  ->  end of turn:  commit {A B C}  ->  publish  ->  answer A B C
 *
 * So a command sees what was decided before it though that is not durable yet; should the transaction fail, state
 * and head go back to the last durable ones and every command of the batch is refused. Nobody was told otherwise.
 *
 * A decision of thousands of events is sealed and folded in steps, over many turns, on the ground of what is durable: no other command is
 * decided until it is written, and nobody sees anything of it before that.
 */
import type { Actor, EventEnvelope, Receipt } from '../../preload/contract/envelope.ts';
import { assert } from '../base/assert.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { Pace } from '../base/pace.ts';
import { musherError, MusherError, reasonOf } from '../base/result.ts';
import type { AnyHandler, Decision, HubState, NewEvent } from './feature.ts';
import { deepFreeze, fold } from './fold.ts';
import type {
  LogStore,
  StoredEffect,
  StoredEvent,
  StoredMark,
  StoredReceipt,
} from './log-store.ts';
import { type Marks, MarksToWrite } from './marks.ts';
import type { Registry } from './registry.ts';
import type { Rebuilt } from './rebuild.ts';
import type { Head } from './seal.ts';
import { sealEvent } from './seal.ts';

export interface WriterDeps {
  readonly registry: Registry;
  readonly store: LogStore;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
  /** Freezes every new state; for development and tests. */
  readonly freeze: boolean;
  /** Called after each commit, in commit order. Must not throw. */
  readonly onCommitted: (committed: Committed) => void;
}

/** A position in the log and the state there. */
export interface Position {
  readonly state: HubState;
  readonly head: Head;
}

export interface Committed extends Position {
  readonly published: readonly Published[];
  readonly effects: readonly StoredEffect[];
}

/** A command that passed the door: parsed, allowed, its facts gathered. */
export interface Intent {
  readonly commandId: string;
  readonly actor: Actor;
  /** When the hub acts in the actor's name. */
  readonly via?: 'system' | undefined;
  readonly featureName: string;
  readonly handler: AnyHandler<unknown, unknown, unknown>;
  readonly data: unknown;
  readonly facts: unknown;
  /** Present when the caller chose the id, so that its receipt must be kept. */
  readonly fingerprint?: string;
  /** The effect that this command ends; its row goes in the same transaction. */
  readonly endsEffect?: string;
  /** How far a subscription has come with this command: of the same transaction, and of no other. */
  readonly cursor?: StoredMark;
}

/** An event, and what of it is stored. */
export interface Published {
  readonly event: EventEnvelope;
  readonly stored: StoredEvent;
}

interface Settle {
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

interface Answer extends Settle {
  readonly receipt: Receipt;
}

interface Decided {
  readonly intent: Intent;
  readonly decision: Decision<unknown>;
  readonly atMs: number;
}

/** What this turn has decided so far. */
interface Turn {
  readonly published: Published[];
  readonly receipts: StoredReceipt[];
  readonly effects: StoredEffect[];
  readonly endedEffects: string[];
  readonly cursors: StoredMark[];
  readonly answers: Answer[];
}

const newTurn = (): Turn => ({
  published: [],
  receipts: [],
  effects: [],
  endedEffects: [],
  cursors: [],
  answers: [],
});

/** Events of a decision from which on it is taken in steps: as many take some ten milliseconds. */
export const longDecision = 500;
const eventsInStep = 50;

/** What a decision comes to before it counts. */
interface Taken extends Position {
  readonly published: readonly Published[];
}

export class Writer {
  private readonly deps: WriterDeps;
  private readonly pace: Pace;
  /** The decision that is taken in steps, and the end of that. */
  private long: { readonly steps: Iterator<undefined>; readonly over: Promise<void> } | undefined;
  private durablePosition: Position;
  /** Where the next command is decided; at the end of the turn it is durable or taken back. */
  private position: Position;
  private turn = newTurn();
  private scheduled = false;
  private readonly marksToWrite: MarksToWrite;

  constructor(deps: WriterDeps, from: Rebuilt) {
    this.deps = deps;
    this.pace = new Pace(deps.clock);
    this.durablePosition = { state: from.state, head: from.head };
    this.position = this.durablePosition;
    this.marksToWrite = new MarksToWrite(deps.store, () => this.schedule());
  }

  /** Newest state, maybe not durable yet: for deciding alone. */
  newest(): HubState {
    return this.position.state;
  }

  durable(): Position {
    return this.durablePosition;
  }

  /** Of one owner; what is set is part of this turn's batch. */
  marks(owner: string): Marks {
    return this.marksToWrite.of(owner);
  }

  /** Settles when the decision that is taken in steps is written or refused; undefined when there is none. */
  busy(): Promise<void> | undefined {
    return this.long?.over;
  }

  /** Decides at once; the promise settles when the events are durable. Rejects with MusherError. Not to be called while it is busy. */
  submit(intent: Intent): Promise<Receipt> {
    assert(this.long === undefined, 'A command was submitted while another is taken in steps');
    return new Promise((resolve, reject) => {
      const atMs = this.deps.clock.now();
      const decision = this.decide(intent, atMs);
      if (!decision.ok) return reject(new MusherError(decision.error));
      const decided = { intent, decision: decision.value, atMs };
      if (decision.value.events.length > longDecision) {
        const ground = this.position;
        this.flush();
        if (this.position !== ground) return resolve(this.submitAgain(intent));
        return this.beginLong(decided, { resolve, reject });
      }
      const taken = { ...this.position, published: [] };
      this.count(decided, this.freeze(this.take(decided, taken)), { resolve, reject });
      this.schedule();
    });
  }

  /** What it was decided on is not there any more. */
  private async submitAgain(intent: Intent): Promise<Receipt> {
    for (let busy = this.busy(); busy !== undefined; busy = this.busy()) await busy;
    return this.submit(intent);
  }

  /** What is decided is written now, whatever is left of it to be done. */
  finish(): void {
    while (this.long !== undefined) this.long.steps.next();
    this.flush();
  }

  /** Writes what is decided now instead of at the end of the turn. */
  private flush(): void {
    this.scheduled = false;
    const { turn } = this;
    const marks = this.marksToWrite.list();
    if (turn.answers.length === 0 && marks.length === 0) return;
    this.turn = newTurn();
    try {
      const events = turn.published.map(({ stored }) => stored);
      // Cursors come last: of one name, what was to be written some time is older.
      this.deps.store.commit({ ...turn, events, marks: [...marks, ...turn.cursors] });
    } catch (error) {
      this.position = this.durablePosition;
      this.marksToWrite.tried();
      this.refuseAll(turn, error);
      return;
    }
    this.marksToWrite.written(marks);
    this.marksToWrite.overtaken(turn.cursors);
    if (turn.answers.length > 0) this.publish(turn);
  }

  private publish(turn: Turn): void {
    this.durablePosition = this.position;
    const { published, effects } = turn;
    this.deps.onCommitted({ ...this.position, published, effects });
    for (const answer of turn.answers) answer.resolve(answer.receipt);
  }

  private decide(intent: Intent, nowMs: number) {
    const { state, head } = this.position;
    const ctx = {
      state: state[intent.featureName],
      hub: state,
      nowMs,
      actor: intent.actor,
      nextSeq: head.seq + 1,
      newId: this.newId,
    };
    return intent.handler.decide(ctx, intent.data, intent.facts);
  }

  private readonly newId = (prefix: string): string =>
    `${prefix}-${Math.floor(this.deps.random() * 36 ** 8)
      .toString(36)
      .padStart(8, '0')}`;

  private beginLong(decided: Decided, settle: Settle): void {
    const { promise: over, resolve: tellOver } = Promise.withResolvers<void>();
    const steps = this.stepsOf(decided, settle, () => {
      this.long = undefined;
      tellOver();
    });
    this.long = { steps, over };
    void this.goThrough(steps);
  }

  private async goThrough(steps: Iterator<undefined>): Promise<void> {
    let isDone: boolean | undefined = false;
    while (isDone !== true) isDone = await this.pace.step(() => steps.next().done === true);
  }

  /** A defect fails its own command, as it does at once. */
  private *stepsOf(
    decided: Decided,
    settle: Settle,
    isOver: () => void,
  ): Generator<undefined, void, undefined> {
    try {
      let taken: Taken = { ...this.position, published: [] };
      const { events } = decided.decision;
      for (let at = 0; at < events.length; at += eventsInStep) {
        yield;
        taken = this.take(decided, taken, events.slice(at, at + eventsInStep));
      }
      yield;
      this.count(decided, this.freeze(taken), settle);
      this.flush();
    } catch (error) {
      settle.reject(error);
    } finally {
      isOver();
    }
  }

  /** Seals and folds onto what is taken already. The position moves only once all of it succeeded, so a throwing reducer leaves no half. */
  private take(
    { intent, decision, atMs }: Decided,
    from: Taken,
    events: readonly NewEvent[] = decision.events,
  ): Taken {
    const { registry, store } = this.deps;
    const cause = { actor: intent.actor, via: intent.via, causeId: intent.commandId, atMs };
    const published = from.published as Published[];
    let { state, head } = from;
    for (const event of events) {
      const { envelope, body } = sealEvent(store, { head, event, cause });
      state = fold(registry, state, envelope);
      head = { seq: envelope.seq, hash: envelope.hash };
      published.push({
        event: envelope,
        stored: {
          seq: head.seq,
          type: event.type,
          body,
          hash: head.hash,
          topics: registry.topicsOf(envelope),
        },
      });
    }
    return { state, head, published };
  }

  private freeze(taken: Taken): Taken {
    return this.deps.freeze ? { ...taken, state: deepFreeze(taken.state) } : taken;
  }

  /** From now on it is part of this turn's batch. */
  private count({ intent, decision }: Decided, taken: Taken, settle: Settle): void {
    const effects = toEffects(decision, this.position.head.seq + 1);
    const { commandId, endsEffect, cursor } = intent;
    const { state, head, published } = taken;
    this.position = { state, head };
    const { turn } = this;
    // No spread: thousands of arguments are too many.
    for (const one of published) turn.published.push(one);
    turn.effects.push(...effects);
    if (endsEffect !== undefined) turn.endedEffects.push(endsEffect);
    if (cursor !== undefined) turn.cursors.push(cursor);
    const receipt = { commandId, seq: head.seq, result: decision.result };
    this.keepReceipt(intent, receipt);
    turn.answers.push({ ...settle, receipt });
  }

  private keepReceipt(intent: Intent, { seq, result }: Receipt): void {
    const { commandId, fingerprint, via, actor } = intent;
    if (fingerprint === undefined) return;
    // Ids are the caller's own: two agents may choose the same, and the hub's never meet an agent's.
    const caller = via ?? actor;
    this.turn.receipts.push({
      caller,
      commandId,
      fingerprint,
      seq,
      result: JSON.stringify(result),
    });
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.deps.clock.soon(() => this.flush());
  }

  private refuseAll(turn: Turn, error: unknown): void {
    const reason = reasonOf(error);
    this.deps.log.error(
      { error: reason, commands: turn.answers.length },
      'the log could not be written',
    );
    const refusal = musherError('STORE_FAILED', { reason, path: this.deps.store.place }, error);
    for (const answer of turn.answers) answer.reject(refusal);
  }
}

/** An effect is named after the first event of its decision: without events, two could have one name. */
function toEffects(decision: Decision<unknown>, firstSeq: number): StoredEffect[] {
  assert(
    decision.events.length > 0 || (decision.effects ?? []).length === 0,
    'A decision with effects must have an event that says why',
  );
  return (decision.effects ?? []).map((effect, index) => ({
    id: `fx${firstSeq}-${index}`,
    kind: effect.kind,
    lane: effect.lane,
    data: JSON.stringify(effect.data),
    attempts: 0,
  }));
}

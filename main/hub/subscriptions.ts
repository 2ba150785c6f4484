/**
 * Subscriptions: features that read the whole log, each by a durable cursor of its own, and act on what they find.
 *
 *   events after the cursor, at most 200 -> look at each -> dispatch what they lead to -> the next ones
 *                                                            '- one commit with the cursor's move past its event
 *
 * Most events lead to nothing. For those no event and no commit is written: the cursor is a mark that is moved some time later, and
 * after a crash they are looked at once more.
 */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import { assert } from '../base/assert.ts';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { Pace } from '../base/pace.ts';
import { MusherError, reasonOf } from '../base/result.ts';
import type { Dispatch } from './dispatch.ts';
import { asSystem } from './dispatch.ts';
import type { EventsFeed } from './events-feed.ts';
import type { Led, Look } from './look.ts';
import type { Marks } from './marks.ts';
import type { StoredMark } from './log-store.ts';
import type { Registry } from './registry.ts';

export interface SubscriptionsDeps {
  readonly registry: Pick<Registry, 'commands'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly dispatch: Dispatch;
  readonly events: Pick<EventsFeed, 'open'>;
  readonly marks: (owner: string) => Marks;
  /** Of the last durable event. */
  readonly headSeq: () => number;
  readonly stopped: AbortSignal;
}

export interface Subscribing {
  /** The feature. */
  readonly owner: string;
  readonly name: string;
  readonly look: Look;
}

/** How long a cursor that passed events that lead to nothing may stay where it was, milliseconds. */
export const cursorEveryMs = 5_000;
/** What one turn of the loop may spend on looking, and on deciding what was found, ms. Writing that costs as much again: 8 in all. */
const lookMs = 4;
/** Of that, what is looked at without asking whether the turn has time left. */
const stepMs = 1;
const decideMs = 2;
const storeRetryMs = 1_000;
/** A log that cannot be read now is tried again this much later, twice as late each time up to the last, ms. */
const readAgain = { firstMs: 1_000, lastMs: 60_000 };

export class Subscriptions {
  private readonly deps: SubscriptionsDeps;
  private readonly pace: Pace;
  private readonly all: Subscription[] = [];

  constructor(deps: SubscriptionsDeps) {
    this.deps = deps;
    this.pace = new Pace(deps.clock, lookMs);
  }

  /** From now on nothing is missed; it is looked at from `begin` on. */
  add(one: Subscribing): void {
    this.all.push(new Subscription(this.deps, this.pace, one));
  }

  begin(): void {
    for (const one of this.all) one.begin();
  }

  isLevel(): boolean {
    return this.all.every((one) => one.isLevel());
  }

  /** Resolves when each has come to the end of the log. */
  async drain(): Promise<void> {
    while (!this.isLevel()) await Promise.all(this.all.map((one) => one.level()));
  }

  /** Their places are among what is written next. */
  close(): void {
    for (const one of this.all) one.close();
  }
}

interface Looked {
  readonly event: EventEnvelope;
  readonly led: Led | Promise<Led>;
}

interface Todo {
  readonly seq: number;
  readonly command: Led[number];
  /** With the last that its event leads to. */
  readonly cursor?: StoredMark;
}

class Subscription {
  private readonly deps: SubscriptionsDeps;
  private readonly pace: Pace;
  private readonly one: Subscribing;
  private readonly marks: Marks;
  private readonly log: Logger;
  /** All up to it is looked at, and what that led to is durable. */
  private cursor: number;
  private saved: number | undefined;
  private cancelSave: (() => void) | undefined;
  private cancelOpen: (() => void) | undefined;
  private failures = 0;
  private isOpen = false;
  private waiting: Array<() => void> = [];

  constructor(deps: SubscriptionsDeps, pace: Pace, one: Subscribing) {
    this.deps = deps;
    this.pace = pace;
    this.one = one;
    this.marks = deps.marks(one.owner);
    this.log = deps.log.child({ feature: one.owner, subscription: one.name });
    const known = this.marks.get(this.markName());
    const head = deps.headSeq();
    this.cursor = known === undefined ? head : Math.min(Number(known), head);
    this.saved = known === undefined ? undefined : Number(known);
    // Part of the next commit, whatever it is: at the next start that is not before the beginning.
    if (known === undefined) this.save();
  }

  begin(): void {
    this.isOpen = true;
    this.open();
  }

  isLevel(): boolean {
    return !this.isOpen || this.cursor >= this.deps.headSeq();
  }

  level(): Promise<void> {
    return this.isLevel()
      ? Promise.resolve()
      : new Promise((resolve) => this.waiting.push(resolve));
  }

  close(): void {
    this.cancelSave?.();
    this.cancelOpen?.();
    if (this.cursor !== this.saved) this.save();
    this.isOpen = false;
    this.tell();
  }

  private open(): void {
    this.cancelOpen = undefined;
    this.deps.events.open(this.cursor, {
      onEvents: (events) => this.take(events),
      onEnd: (error) => {
        if (this.deps.stopped.aborted) return;
        const delayMs = Math.min(readAgain.firstMs * 2 ** this.failures, readAgain.lastMs);
        this.failures += 1;
        this.log.error(
          { error: error.message, cursor: this.cursor, delayMs },
          'a subscription could not read the log',
        );
        this.cancelOpen = this.deps.clock.schedule(() => this.open(), delayMs);
      },
    });
  }

  /** Settles once all that these lead to is durable; then the next ones come. */
  private async take(events: readonly EventEnvelope[]): Promise<void> {
    const looks = await this.lookAt(events);
    const todo: Todo[] = [];
    for (const { event, led } of looks) {
      const commands = await this.untilKnown(event, led);
      commands.forEach((command, at) => {
        const isLast = at === commands.length - 1;
        todo.push({ seq: event.seq, command, ...(isLast && { cursor: this.markAt(event.seq) }) });
      });
    }
    await this.doAll(todo);
    if (this.deps.stopped.aborted) return;
    this.failures = 0;
    this.cursor = events.at(-1)?.seq ?? this.cursor;
    this.saveLater();
    if (this.isLevel()) this.tell();
  }

  /** A step is cut by time: one for each event costs more than most looks. */
  private async lookAt(events: readonly EventEnvelope[]): Promise<Looked[]> {
    const { clock } = this.deps;
    const looks: Looked[] = [];
    while (looks.length < events.length)
      await this.pace.step(() => {
        const beganMs = clock.elapsed();
        do {
          const event = events[looks.length];
          if (event === undefined) return;
          looks.push({ event, led: this.look(event) });
        } while (clock.elapsed() - beganMs < stepMs);
      });
    return looks;
  }

  private look(event: EventEnvelope): Led | Promise<Led> {
    try {
      const led = this.one.look(event);
      // Nobody may be left to wait for it when the hub stops meanwhile.
      if (led instanceof Promise) led.catch(() => undefined);
      return led;
    } catch (error) {
      return this.passOver(event, error);
    }
  }

  private async untilKnown(event: EventEnvelope, led: Led | Promise<Led>): Promise<Led> {
    try {
      return await led;
    } catch (error) {
      return this.passOver(event, error);
    }
  }

  private passOver({ seq, type }: EventEnvelope, error: unknown): Led {
    if (!this.deps.stopped.aborted)
      this.log.error(
        { seq, type, error: reasonOf(error) },
        'a subscription failed on an event and passed it over',
      );
    return [];
  }

  /** In order; as many in one commit as a turn has time for. What is after them waits until that commit is there. */
  private async doAll(todo: readonly Todo[]): Promise<void> {
    let at = 0;
    while (at < todo.length && !this.deps.stopped.aborted) {
      const from = at;
      const { outcomes } = await this.pace.step(() => ({ outcomes: this.doSome(todo, from) }));
      const ended = await Promise.allSettled(outcomes);
      if (ended.some(isStoreFailure)) {
        await sleep(this.deps.clock, storeRetryMs, this.deps.stopped);
        continue;
      }
      for (const [index, one] of ended.entries()) this.logRefusal(todo[from + index], one);
      at += ended.length;
    }
  }

  private doSome(todo: readonly Todo[], from: number): Array<Promise<unknown>> {
    const { clock } = this.deps;
    const beganMs = clock.elapsed();
    const outcomes: Array<Promise<unknown>> = [];
    // At least one, however slow the machine.
    do {
      const next = todo[from + outcomes.length];
      if (next === undefined) break;
      outcomes.push(this.dispatch(next));
    } while (clock.elapsed() - beganMs < decideMs);
    return outcomes;
  }

  private async dispatch({ command, cursor }: Todo): Promise<void> {
    const handler = this.deps.registry.commands.get(command.type)?.handler;
    assert(
      handler?.prepare === undefined,
      `${command.type} looks outside: a later command would overtake it`,
    );
    await this.deps.dispatch(command, asSystem(command), cursor === undefined ? {} : { cursor });
  }

  private logRefusal(todo: Todo | undefined, outcome: PromiseSettledResult<unknown>): void {
    if (outcome.status === 'fulfilled' || this.deps.stopped.aborted) return;
    const { seq, command } = todo ?? {};
    this.log.warn(
      { seq, command: command?.type, error: reasonOf(outcome.reason) },
      'what an event leads to was refused',
    );
  }

  private saveLater(): void {
    this.cancelSave ??= this.deps.clock.schedule(() => {
      this.cancelSave = undefined;
      if (this.cursor !== this.saved) this.save();
    }, cursorEveryMs);
  }

  private save(): void {
    this.saved = this.cursor;
    void this.marks.set(this.markName(), String(this.cursor));
  }

  private markAt(seq: number): StoredMark {
    return { owner: this.one.owner, name: this.markName(), value: String(seq) };
  }

  private markName(): string {
    return `subscription/${this.one.name}`;
  }

  private tell(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

function isStoreFailure(outcome: PromiseSettledResult<unknown>): boolean {
  const { reason } = outcome as { reason?: unknown };
  return reason instanceof MusherError && reason.wire.code === 'STORE_FAILED';
}

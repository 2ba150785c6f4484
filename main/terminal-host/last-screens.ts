/**
 * What terminals showed last. Of the newest it is in memory; of those before them, and of those that a host before this
 * one had, it is read from their recordings when somebody asks: one at a time, and given up on after a while.
 */
import { type Clock, sleep } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { TerminalExit, TerminalSize } from '../features/terminals/ports.ts';
import { lastScreenMs, maxExited, maxRecordedEnds } from './limits.ts';
import { lastScreenOf, type RecordedAt } from './recording/last-screen.ts';

/** What is left of a terminal whose program ended. */
export interface LastScreen extends TerminalSize {
  readonly data: string;
  readonly text: string;
  readonly exit: TerminalExit;
}

/** A terminal that ended, and where what it showed is recorded. */
export interface RecordedEnd {
  readonly exit: TerminalExit;
  readonly recorded: RecordedAt;
}

export interface LastScreensOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Of hosts before this one, the newest last. */
  readonly before?: readonly RecordedEnd[] | undefined;
  /** Those that are in no recording, the oldest first. */
  readonly screens?: readonly LastScreen[] | undefined;
}

export class LastScreens {
  private readonly options: LastScreensOptions;
  /** The oldest first, as all here. */
  private readonly screens = new Map<string, LastScreen>();
  private readonly recorded = new Map<string, RecordedEnd>();
  private reading: Promise<unknown> = Promise.resolve();
  private readonly over = new AbortController();

  constructor(options: LastScreensOptions) {
    this.options = options;
    for (const end of options.before ?? []) this.note(end);
    for (const screen of options.screens ?? []) this.keep(screen, undefined);
  }

  keep(screen: LastScreen, recorded: RecordedAt | undefined): void {
    const { exit } = screen;
    remember(this.screens, { id: exit.id, value: screen, most: maxExited });
    if (recorded !== undefined) this.note({ exit, recorded });
  }

  /** Undefined when nothing is known of it, or its recording cannot be read. Never rejects. */
  async find(id: string): Promise<LastScreen | undefined> {
    const known = this.screens.get(id);
    if (known !== undefined || !this.recorded.has(id)) return known;
    const turn = this.reading.then(() => this.screens.get(id) ?? this.read(id));
    this.reading = turn;
    return turn;
  }

  forget(id: string): void {
    this.screens.delete(id);
    this.recorded.delete(id);
  }

  /** Those whose last screen outlives this process. */
  ends(): readonly RecordedEnd[] {
    return [...this.recorded.values()];
  }

  /** Those that go with this process, the oldest first. */
  unrecorded(): readonly LastScreen[] {
    return [...this.screens.values()].filter(({ exit }) => !this.recorded.has(exit.id));
  }

  dispose(): void {
    this.over.abort();
    this.screens.clear();
  }

  private note(end: RecordedEnd): void {
    remember(this.recorded, { id: end.exit.id, value: end, most: maxRecordedEnds });
  }

  private async read(id: string): Promise<LastScreen | undefined> {
    const end = this.recorded.get(id);
    if (end === undefined) return undefined;
    const screen = await this.readInTime(end);
    // It was opened anew meanwhile, or forgotten.
    if (screen === undefined || this.recorded.get(id) !== end) return undefined;
    const last = { ...screen, exit: end.exit };
    remember(this.screens, { id, value: last, most: maxExited });
    return last;
  }

  /** Anybody who runs as this user may have written that file, and a disk may hang. */
  private async readInTime({ exit, recorded }: RecordedEnd) {
    const { clock, log } = this.options;
    const done = new AbortController();
    const signal = AbortSignal.any([done.signal, this.over.signal]);
    try {
      const late = sleep(clock, lastScreenMs, signal).then(() => undefined);
      return await Promise.race([lastScreenOf({ ...recorded, clock, signal }), late]);
    } catch (error) {
      log.warn({ terminal: exit.id, error: reasonOf(error) }, 'A last screen could not be read');
      return undefined;
    } finally {
      done.abort();
    }
  }
}

/** Keeps the newest `most`. */
export function remember<T>(
  all: Map<string, T>,
  { id, value, most }: { readonly id: string; readonly value: T; readonly most: number },
): void {
  all.delete(id);
  all.set(id, value);
  const [oldest] = all.keys();
  if (all.size > most && oldest !== undefined) all.delete(oldest);
}

/** Input of one terminal in order: a paste and its Enter stay together, and what is typed meanwhile comes after. */
import { type Clock, sleep } from '../base/clock.ts';
import { enterDelayMs, maxInputBytes, pasteMs, showLookMs, unreadMs, unshownMs } from './limits.ts';
import { bracketEnd } from './paste.ts';

export interface Taken {
  /** Of all input. */
  readonly bytes: number;
  /** When it last took some, by the clock's `elapsed`. */
  readonly atMs: number;
}

export interface InputLaneOptions {
  readonly clock: Clock;
  write(data: string): void;
  /** Resolves when the kernel has all of it. */
  drained(): Promise<void>;
  /** What the kernel took so far. */
  taken(): Taken;
  /** Throws away what it has not taken. */
  discard(): void;
  /** Too much was typed behind a paste that the program does not read. */
  onDropped(): void;
}

export interface Pasted {
  /** As it is written. */
  readonly data: string;
  /** It has come to the screen since. */
  isShown(): boolean;
  /** Enter is for this text alone: where it is not on the screen, none is pressed. */
  readonly mustShow: boolean;
}

/**
 * `ended`: the terminal did, before all was written. `unread`: the program takes nothing, and the rest was given up.
 * `unshown`: it took the text and does not show it, so that Enter was not pressed.
 */
export type PasteOutcome = 'taken' | 'ended' | 'unread' | 'unshown';

export class InputLane {
  private readonly options: InputLaneOptions;
  private readonly ended = new AbortController();
  private pasting: Promise<unknown> = Promise.resolve();
  private pastes = 0;
  /** How often a paste was given up. */
  private givenUp = 0;
  private typed: string[] = [];
  private typedLength = 0;

  constructor(options: InputLaneOptions) {
    this.options = options;
  }

  /** A paste is under way, or waits. */
  get isBusy(): boolean {
    return this.pastes > 0;
  }

  type(data: string): void {
    if (this.pastes === 0) this.options.write(data);
    else if (this.typedLength + data.length > maxInputBytes) this.options.onDropped();
    else {
      this.typed.push(data);
      this.typedLength += data.length;
    }
  }

  /** `compose` is asked when it is its turn. Those behind one that is given up are given up with it. */
  paste(compose: () => Promise<Pasted>, enter: boolean): Promise<PasteOutcome> {
    this.pastes++;
    const { givenUp } = this;
    const untilMs = this.options.clock.elapsed() + pasteMs;
    const turn = this.pasting.then(async () => {
      if (givenUp !== this.givenUp) return 'unread';
      const outcome = await this.deliver(compose, { enter, untilMs });
      return this.ended.signal.aborted ? 'ended' : outcome;
    });
    this.pasting = turn
      .then((outcome) => this.pause(enter && outcome === 'taken'))
      .finally(() => this.release());
    return turn;
  }

  end(): void {
    this.ended.abort();
  }

  private async deliver(
    compose: () => Promise<Pasted>,
    { enter, untilMs }: { readonly enter: boolean; readonly untilMs: number },
  ): Promise<PasteOutcome> {
    const { signal } = this.ended;
    const { data, isShown, mustShow } = await compose();
    const { bytes } = this.options.taken();
    if (!signal.aborted) this.options.write(data);
    if (!(await this.isTaken(untilMs))) {
      this.giveUp(data, this.options.taken().bytes > bytes);
      return 'unread';
    }
    if (!enter) return 'taken';
    const shown = await this.isShownSoon(isShown);
    if (!shown && mustShow && !signal.aborted) return 'unshown';
    await this.pause(enter);
    if (signal.aborted) return 'ended';
    this.options.write('\r');
    return (await this.isTaken(untilMs)) ? 'taken' : 'unread';
  }

  /** False when the program takes nothing for long. */
  private async isTaken(untilMs: number): Promise<boolean> {
    const { clock } = this.options;
    const all = this.options.drained().then(() => true);
    const fromMs = clock.elapsed();
    for (;;) {
      const quietMs = Math.max(fromMs, this.options.taken().atMs) + unreadMs;
      const waitMs = Math.min(quietMs, untilMs) - clock.elapsed();
      if (waitMs <= 0) return false;
      const over = new AbortController();
      const late = sleep(clock, waitMs, over.signal).then(() => false);
      const isTaken = await Promise.race([all, late]);
      over.abort();
      if (isTaken) return true;
    }
  }

  /**
   * The kernel takes a paste at once; a program that just computes reads it later, together with an Enter that came meanwhile.
   * What stands on its screen, it has read.
   */
  private async isShownSoon(isShown: () => boolean): Promise<boolean> {
    const { clock } = this.options;
    const { signal } = this.ended;
    const untilMs = clock.elapsed() + unshownMs;
    while (!signal.aborted && !isShown()) {
      if (clock.elapsed() >= untilMs) return false;
      await sleep(clock, showLookMs, signal);
    }
    return true;
  }

  /** Without the end of its bracket, a program that wakes up would take all that is typed later for a part of it. */
  private giveUp(text: string, hasBegun: boolean): void {
    this.givenUp += 1;
    this.options.discard();
    if (hasBegun && text.endsWith(bracketEnd)) this.options.write(bracketEnd);
  }

  /** What comes right before or after Enter is read together with it, and taken for a part of a paste. */
  private async pause(enter: boolean): Promise<void> {
    const { signal } = this.ended;
    if (enter && !signal.aborted) await sleep(this.options.clock, enterDelayMs, signal);
  }

  private release(): void {
    this.pastes--;
    if (this.pastes > 0) return;
    this.typedLength = 0;
    for (const data of this.typed.splice(0)) this.options.write(data);
  }
}

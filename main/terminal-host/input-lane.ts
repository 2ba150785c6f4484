/** Input of one terminal in order: a paste and its Enter stay together, and what is typed meanwhile comes after. */
import { type Clock, sleep } from '../base/clock.ts';
import { enterDelayMs, maxInputBytes } from './limits.ts';

export interface InputLaneOptions {
  readonly clock: Clock;
  write(data: string): void;
  /** Resolves when the kernel has all of it. */
  drained(): Promise<void>;
  /** Too much was typed behind a paste that the program does not read. */
  onDropped(): void;
}

export class InputLane {
  private readonly options: InputLaneOptions;
  private readonly ended = new AbortController();
  private pasting: Promise<void> = Promise.resolve();
  private pastes = 0;
  private typed: string[] = [];
  private typedLength = 0;

  constructor(options: InputLaneOptions) {
    this.options = options;
  }

  type(data: string): void {
    if (this.pastes === 0) this.options.write(data);
    else if (this.typedLength + data.length > maxInputBytes) this.options.onDropped();
    else {
      this.typed.push(data);
      this.typedLength += data.length;
    }
  }

  /** `compose` is asked when it is its turn. False when the terminal ended before all was written. */
  async paste(compose: () => Promise<string>, enter: boolean): Promise<boolean> {
    this.pastes++;
    const turn = this.pasting.then(() => this.deliver(compose, enter));
    this.pasting = turn.then(() => this.pause(enter)).finally(() => this.release());
    await turn;
    return !this.ended.signal.aborted;
  }

  end(): void {
    this.ended.abort();
  }

  private async deliver(compose: () => Promise<string>, enter: boolean): Promise<void> {
    const { signal } = this.ended;
    const text = await compose();
    if (!signal.aborted) this.options.write(text);
    await this.options.drained();
    if (!enter) return;
    await this.pause(enter);
    if (signal.aborted) return;
    this.options.write('\r');
    await this.options.drained();
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

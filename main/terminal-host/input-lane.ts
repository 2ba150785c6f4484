/** Input of one terminal in order: a paste and its Enter stay together, and what is typed meanwhile comes after. */
import { type Clock, sleep } from '../base/clock.ts';
import { enterDelayMs } from './limits.ts';

export interface InputLaneOptions {
  readonly clock: Clock;
  write(data: string): void;
  /** Resolves when the kernel has all of it. */
  drained(): Promise<void>;
}

export class InputLane {
  private readonly options: InputLaneOptions;
  private readonly ended = new AbortController();
  private pasting: Promise<void> = Promise.resolve();
  private pastes = 0;
  private typed: string[] = [];

  constructor(options: InputLaneOptions) {
    this.options = options;
  }

  type(data: string): void {
    if (this.pastes === 0) this.options.write(data);
    else this.typed.push(data);
  }

  /** `compose` is asked when it is its turn. False when the terminal ended before all was written. */
  async paste(compose: () => Promise<string>, enter: boolean): Promise<boolean> {
    this.pastes++;
    const turn = this.pasting.then(() => this.deliver(compose, enter));
    this.pasting = turn.finally(() => this.release());
    await this.pasting;
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
    if (!enter || signal.aborted) return;
    await sleep(this.options.clock, enterDelayMs, signal);
    if (signal.aborted) return;
    this.options.write('\r');
    await this.options.drained();
  }

  private release(): void {
    this.pastes--;
    if (this.pastes > 0) return;
    for (const data of this.typed.splice(0)) this.options.write(data);
  }
}

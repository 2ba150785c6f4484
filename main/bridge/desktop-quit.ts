/** The end of the desktop: asked about when agents work, in order, and within a bound that no hanging part can stretch. */
import { type Clock, within } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { OpenDesktop, OpenMusher } from './desktop-doors.ts';
import type { ElectronParts } from './electron-parts.ts';
import { askToQuit } from './quit-question.ts';

export interface QuitOptions {
  readonly electron: Pick<ElectronParts, 'app' | 'dialog'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Undefined before it is being opened. */
  musher(): Promise<OpenMusher | undefined> | undefined;
  /** Undefined before there are windows. */
  desktop(): OpenDesktop | undefined;
}

/** Longer than stubborn agents get to stop, milliseconds. The log is durable at any moment, so a part that hangs costs nothing. */
const quitWithinMs = 15_000;
/** A terminal host that hangs holds up no question, milliseconds. */
const askWithinMs = 2_000;

export class Quit {
  private readonly options: QuitOptions;
  private isAsking = false;
  private isOver = false;

  constructor(options: QuitOptions) {
    this.options = options;
  }

  /** Nothing is opened or shown any more. */
  get hasBegun(): boolean {
    return this.isOver;
  }

  /** As the operator quits: who still works is told first. */
  async ask(): Promise<void> {
    if (this.isOver || this.isAsking) return;
    const { electron, desktop } = this.options;
    // Nothing works yet that could go on.
    if (desktop() === undefined) return this.now({ endAgents: false });
    this.isAsking = true;
    const asked = askToQuit(electron.dialog, await this.runningAgents());
    // A question that cannot be asked holds nobody back.
    const answer = await asked.catch(() => ({ endAgents: false }));
    this.isAsking = false;
    if (answer !== undefined) await this.now(answer);
    // Without a window nobody could see that it runs on.
    else desktop()?.focus();
  }

  /** Agents go on, unless they are to end as well. */
  async now(how: { readonly endAgents: boolean }): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    const { electron, clock, desktop } = this.options;
    desktop()?.close();
    const isClosed = await within(clock, quitWithinMs, this.closeHub(how));
    electron.app.exit(isClosed ? 0 : 1);
  }

  /** None while it cannot be known: a quit does not wait for a start that hangs. */
  private async runningAgents(): Promise<readonly string[]> {
    const { clock, musher } = this.options;
    const asked = musher()?.then((open) => open?.runningAgents());
    const quietly = asked?.catch(() => undefined) ?? Promise.resolve(undefined);
    return (await within(clock, askWithinMs, quietly)) ?? [];
  }

  private async closeHub(how: { readonly endAgents: boolean }): Promise<boolean> {
    try {
      const musher = await this.options.musher()?.catch(() => undefined);
      await musher?.dispose(how);
      return true;
    } catch (error) {
      this.options.log.error({ reason: reasonOf(error) }, 'the hub did not close cleanly');
      return false;
    }
  }
}

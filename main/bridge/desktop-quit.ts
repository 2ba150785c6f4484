/** The end of the desktop: asked about when agents work, in order, and within a bound that no hanging part can stretch. */
import { type Clock, within } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { OpenDesktop, OpenMusher } from './desktop-doors.ts';
import type { ElectronParts } from './electron-parts.ts';
import { askToQuit, askToUpdate } from './quit-question.ts';
import type { AgentsApart, UpdateWays } from './update-state.ts';
import type { Updates } from './updates.ts';

export interface QuitOptions {
  readonly electron: Pick<ElectronParts, 'app' | 'dialog'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Undefined before it is being opened. */
  musher(): Promise<OpenMusher | undefined> | undefined;
  /** Undefined before there are windows. */
  desktop(): OpenDesktop | undefined;
  /** Undefined where the app is not updated by itself. */
  readonly updates?: { readonly is: Updates; readonly ways: UpdateWays } | undefined;
}

/** How it ends: `update` is what is done with an update that is ready, once the hub is closed. */
interface End {
  readonly endAgents: boolean;
  readonly update?: 'install' | 'restart' | undefined;
}

/** Longer than stubborn agents get to stop, milliseconds. The log is durable at any moment, so a part that hangs costs nothing. */
const quitWithinMs = 15_000;
/** A terminal host that hangs holds up no question, milliseconds. */
const askWithinMs = 2_000;
/** From the word to whoever puts an update in place to the end, milliseconds; it ends the app by itself as a rule. */
const leaveWithinMs = 20_000;

export class Quit {
  private readonly options: QuitOptions;
  private isAsking = false;
  private isOver = false;
  private isLeft = false;

  constructor(options: QuitOptions) {
    this.options = options;
  }

  /** Nothing is opened or shown any more. */
  get hasBegun(): boolean {
    return this.isOver;
  }

  /** The hub is closed: whoever ends the app now may. */
  get isReady(): boolean {
    return this.isLeft;
  }

  /** As the operator quits: who still works is told first. */
  async ask(): Promise<void> {
    if (this.isOver || this.isAsking) return;
    const { electron, desktop } = this.options;
    // Nothing works yet that could go on.
    if (desktop() === undefined) return this.now({ endAgents: false });
    this.isAsking = true;
    const running = await this.runningAgents();
    const { agentsGoOn } = await this.outlook(running);
    const asked = askToQuit(electron.dialog, running ?? []);
    // A question that cannot be asked holds nobody back.
    const answer = await asked.catch(() => ({ endAgents: false }));
    this.isAsking = false;
    if (answer !== undefined)
      await this.now({
        ...answer,
        update: this.atEnd(agentsGoOn || answer.endAgents || running?.length === 0),
      });
    // Without a window nobody could see that it runs on.
    else desktop()?.focus();
  }

  /** As the operator wants the update that is ready. */
  async restart(version: string): Promise<void> {
    const { electron, updates } = this.options;
    if (this.isOver || this.isAsking || updates === undefined) return;
    this.isAsking = true;
    const running = await this.runningAgents();
    const { agentsGoOn, why } = await this.outlook(running);
    const asked = askToUpdate(electron.dialog, { version, running, agentsGoOn, why });
    const isWanted = await asked.catch(() => false);
    this.isAsking = false;
    if (isWanted) await this.now({ endAgents: !agentsGoOn, update: 'restart' });
  }

  /** Agents go on, unless they are to end as well. */
  async now(how: End): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    const { electron, clock, desktop } = this.options;
    desktop()?.close();
    this.options.updates?.is.dispose();
    const isClosed = await within(clock, quitWithinMs, this.closeHub(how));
    this.isLeft = true;
    const exit = () => electron.app.exit(isClosed ? 0 : 1);
    const isRestarted = how.update === 'restart';
    if (how.update !== undefined && this.options.updates?.is.install({ isRestarted }) === true)
      clock.schedule(exit, leaveWithinMs);
    else exit();
  }

  /** An update that would end agents, or might, or ask for a password, waits for a word of its own. */
  private atEnd(isHarmless: boolean): End['update'] {
    return this.options.updates?.ways.isQuiet === true && isHarmless ? 'install' : undefined;
  }

  /** What an update would be to those that run, by the system, or by the terminal host that lives. */
  private async outlook(running: readonly string[] | undefined) {
    const { clock, musher, updates } = this.options;
    if (updates === undefined || updates.ways.agentsGoOn) return { agentsGoOn: true };
    if (running?.length === 0) return { agentsGoOn: false };
    const asked = musher()?.then((open) => open?.agentsApart());
    const unknown: AgentsApart = { isApart: false };
    const quietly = asked?.catch(() => unknown) ?? Promise.resolve(unknown);
    const { isApart, why } = (await within(clock, askWithinMs, quietly)) ?? unknown;
    return { agentsGoOn: isApart, why };
  }

  /** Undefined where it cannot be known: a quit does not wait for a part that hangs. */
  private async runningAgents(): Promise<readonly string[] | undefined> {
    const { clock, musher } = this.options;
    const asked = musher()?.then((open) => open?.runningAgents());
    const quietly = asked?.catch(() => undefined) ?? Promise.resolve(undefined);
    return within(clock, askWithinMs, quietly);
  }

  private async closeHub({ endAgents }: End): Promise<boolean> {
    try {
      const musher = await this.options.musher()?.catch(() => undefined);
      await musher?.dispose({ endAgents });
      return true;
    } catch (error) {
      this.options.log.error({ reason: reasonOf(error) }, 'the hub did not close cleanly');
      return false;
    }
  }
}

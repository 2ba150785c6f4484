/** What the operator sees of updates: the menu, a notice when one is ready, answers to who asked, and once what has changed. */
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { DesktopMemory } from './desktop-memory.ts';
import type { ElectronParts } from './electron-parts.ts';
import { sayUpdate, type UpdateState } from './update-state.ts';
import type { UpdaterPart } from './updater-part.ts';
import { Updates } from './updates.ts';

export interface TellUpdatesOptions {
  readonly electron: Pick<ElectronParts, 'app' | 'dialog' | 'Notification'>;
  readonly updater: UpdaterPart;
  readonly memory: DesktopMemory;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Logger;
  /** Another state: the menu says it. */
  onChange(): void;
  /** Asks first. */
  restart(version: string): void;
}

/** As the menu has it. */
export interface UpdatesMenu {
  readonly label: string;
  readonly enabled: boolean;
  readonly isOn: boolean;
  readonly takesBeta: boolean;
  click(): void;
  setOn(isOn: boolean): void;
  setBeta(isBeta: boolean): void;
}

export class TellUpdates {
  readonly updates: Updates;
  private readonly options: TellUpdatesOptions;

  constructor(options: TellUpdatesOptions) {
    this.options = options;
    const onChange = (state: UpdateState, isAsked: boolean) => this.tell(state, isAsked);
    this.updates = new Updates({ ...options, onChange });
  }

  menu(): UpdatesMenu {
    const { updates, options } = this;
    const { state, isOn, takesBeta } = updates;
    return {
      ...{ ...sayUpdate(state), isOn, takesBeta },
      click: () =>
        state.kind === 'ready'
          ? options.restart(state.version)
          : void updates.check({ isAsked: true }),
      setOn: (on) => {
        updates.isOn = on;
      },
      setBeta: (beta) => {
        updates.takesBeta = beta;
      },
    };
  }

  /** Once after an update, where its notes came with it. */
  showNews(): void {
    const version = this.options.electron.app.getVersion();
    const notes = this.updates.takeNews(version);
    if (notes !== undefined && notes !== '')
      this.say({ message: `Musher is ${version} now`, detail: notes });
  }

  private tell(state: UpdateState, isAsked: boolean): void {
    this.options.onChange();
    if (!isAsked) {
      if (state.kind === 'ready') this.notice(state.version);
      return;
    }
    if (state.kind === 'ready') this.options.restart(state.version);
    const version = this.options.electron.app.getVersion();
    if (state.kind === 'newest') this.say({ message: `Musher ${version} is the newest version` });
    if (state.kind === 'failed')
      this.say({
        type: 'warning',
        message: 'It is not known whether there is a newer version',
        detail: `${state.reason}\n\nNothing was changed. Try again later; Musher looks again by itself every six hours.`,
      });
  }

  /** Where the system shows none, the menu has it. */
  private notice(version: string): void {
    const { electron, restart } = this.options;
    if (!electron.Notification.isSupported()) return;
    const body = 'It is put in place when you quit; click to restart now.';
    const notice = new electron.Notification({ title: `Musher ${version} is ready`, body });
    notice.on('click', () => restart(version));
    notice.show();
  }

  private say(said: { type?: 'warning'; message: string; detail?: string }): void {
    const { electron, log } = this.options;
    electron.dialog
      .showMessageBox({ type: 'info', ...said, buttons: ['OK'], noLink: true })
      .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'a message was not shown'));
  }
}

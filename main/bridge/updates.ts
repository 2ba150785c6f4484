/**
 * New versions: looked for, fetched and checked out of sight, told, and put in place when the operator quits or says so. Nothing restarts
 * by itself.
 */
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { DesktopMemory } from './desktop-memory.ts';
import { plainNotes, type UpdateState } from './update-state.ts';
import type { UpdaterPart } from './updater-part.ts';

export interface UpdatesOptions {
  readonly updater: UpdaterPart;
  readonly memory: DesktopMemory;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Logger;
  /** `isAsked`: somebody waits for the outcome. */
  onChange(state: UpdateState, isAsked: boolean): void;
}

/** After the start, and from one look to the next, milliseconds. */
const firstMs = 30_000;
const everyMs = 6 * 3_600_000;
const names = { off: 'updates are not looked for', beta: 'beta versions', notes: 'what changed' };

export class Updates {
  state: UpdateState = { kind: 'idle' };
  private readonly options: UpdatesOptions;
  private isAsked = false;
  private cancel: () => void;

  constructor(options: UpdatesOptions) {
    this.options = options;
    const { updater, platform, clock } = options;
    updater.autoDownload = true;
    // There the system puts it in place after the end of the app; elsewhere it is done at the end, where agents let it.
    updater.autoInstallOnAppQuit = platform === 'darwin';
    this.applyChannel();
    this.listen(updater);
    this.cancel = clock.schedule(() => this.look(), firstMs);
  }

  get isOn(): boolean {
    return this.options.memory.value(names.off) !== 'yes';
  }

  set isOn(isOn: boolean) {
    this.options.memory.setValue(names.off, isOn ? 'no' : 'yes');
  }

  get takesBeta(): boolean {
    return this.options.memory.value(names.beta) === 'yes';
  }

  /** Nobody is taken back to an older version by it. */
  set takesBeta(isBeta: boolean) {
    this.options.memory.setValue(names.beta, isBeta ? 'yes' : 'no');
    this.applyChannel();
    void this.check();
  }

  /** As somebody asks; what comes of it is told in any case. */
  async check({ isAsked = false } = {}): Promise<void> {
    const { kind } = this.state;
    // Told already; once is enough for who did not ask.
    if (kind === 'ready' && !isAsked) return;
    this.isAsked ||= isAsked;
    if (kind === 'ready') return this.become(this.state);
    if (kind === 'checking' || kind === 'downloading') return;
    this.become({ kind: 'checking' });
    try {
      await (await this.options.updater.checkForUpdates())?.downloadPromise;
    } catch (error) {
      // It is told by the event as well; whichever is first.
      this.fail(error);
    }
  }

  /** False when there is nothing to put in place. The process ends a moment later otherwise. */
  install({ isRestarted }: { readonly isRestarted: boolean }): boolean {
    const isBySystem = this.options.platform === 'darwin' && !isRestarted;
    if (this.state.kind !== 'ready' || isBySystem) return false;
    this.options.updater.quitAndInstall(true, isRestarted);
    return this.state.kind === 'ready';
  }

  /** Of this version, the first time that it is asked for. */
  takeNews(version: string): string | undefined {
    const { memory } = this.options;
    const [of, ...notes] = (memory.value(names.notes) ?? '').split('\n');
    if (of !== version) return undefined;
    memory.setValue(names.notes, '');
    return notes.join('\n');
  }

  dispose(): void {
    this.cancel();
  }

  private look(): void {
    this.cancel = this.options.clock.schedule(() => this.look(), everyMs);
    if (this.isOn) void this.check();
  }

  private applyChannel(): void {
    const { updater } = this.options;
    updater.channel = this.takesBeta ? 'beta' : 'latest';
    updater.allowPrerelease = this.takesBeta;
    updater.allowDowngrade = false;
  }

  private listen(updater: UpdaterPart): void {
    updater.on('update-not-available', () => this.become({ kind: 'newest' }));
    updater.on('update-available', ({ version }) =>
      this.become({ kind: 'downloading', version, percent: 0 }),
    );
    updater.on('download-progress', ({ percent }) => {
      if (this.state.kind === 'downloading') this.become({ ...this.state, percent });
    });
    updater.on('update-downloaded', ({ version, releaseNotes }) => {
      this.options.memory.setValue(names.notes, `${version}\n${plainNotes(releaseNotes)}`);
      this.become({ kind: 'ready', version });
    });
    updater.on('error', (error) => this.fail(error));
  }

  private fail(error: unknown): void {
    if (this.state.kind === 'failed') return;
    const reason = reasonOf(error);
    this.options.log.warn({ reason }, 'an update failed');
    this.become({ kind: 'failed', reason });
  }

  private become(state: UpdateState): void {
    this.state = state;
    const isOver = state.kind !== 'checking' && state.kind !== 'downloading';
    const isAsked = this.isAsked;
    if (isOver) this.isAsked = false;
    this.options.onChange(state, isAsked);
  }
}

/**
 * The terminal host's own copy of its program, which no update of the app touches: made once for each version, checked before each use,
 * taken away when nothing runs from it. Where it cannot be had, the host runs from the app's program, and the reason is kept.
 */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, within } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import { faultOf, tryOut } from './check-copy.ts';
import { copyOf, hostScript, isWithInstaller, programIn } from './copy-files.ts';
import { type CopySource, listSource } from './copy-source.ts';
import { makeCopy } from './make-copy.ts';
import { removeCopies, removeFaulty } from './remove-copies.ts';

export interface HostCopiesOptions {
  /** Of all copies, in the user's data folder. */
  readonly folder: string;
  readonly source: CopySource;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a start of the host waits for it, milliseconds. Default: 20,000. */
  readonly waitMs?: number;
  /** What has to stay free on the disk, bytes. Default: 256 MiB. */
  readonly spareBytes?: number;
}

const defaultWaitMs = 20_000;
const defaultSpareBytes = 256 << 20;

export class HostCopies {
  private readonly options: HostCopiesOptions;
  private readonly over = new AbortController();
  private getting: Promise<string> | undefined;
  private reason: string | undefined;

  constructor(options: HostCopiesOptions) {
    this.options = options;
  }

  /** Takes away what nothing runs from, which makes room, and makes the copy before somebody waits for it. Never rejects. */
  async prepare(): Promise<void> {
    const { folder, source, log } = this.options;
    try {
      const { name: current } = await listSource(source);
      const gone = await removeCopies({ folder, current, platform: source.platform });
      if (gone.length > 0) log.info({ gone }, 'nothing ran from these copies');
      await this.get();
    } catch (error) {
      log.debug({ reason: reasonOf(error) }, 'no copy is ready');
    }
  }

  /** Program and script in the copy; undefined: it is not to be had, or not in time. */
  async command(): Promise<readonly [program: string, script: string] | undefined> {
    const { clock, waitMs = defaultWaitMs, source } = this.options;
    const copy = await within(
      clock,
      waitMs,
      this.get().catch(() => undefined),
    );
    if (copy === undefined) {
      this.reason ??= `its copy was not made within ${Math.round(waitMs / 1000)} s`;
      return undefined;
    }
    return [path.join(copy, programIn(source.platform)), path.join(copy, hostScript)];
  }

  /** Why there is none, as it was the last time that one was wanted. */
  whyNot(): string | undefined {
    return this.reason;
  }

  /** That program is one of a copy. */
  async holds(program: string): Promise<boolean> {
    const { folder, source } = this.options;
    const real = await realpath(folder).catch(() => folder);
    return [real, folder].some((one) => copyOf(program, one, source.platform) !== undefined);
  }

  /** One that is being made is given up. */
  async dispose(): Promise<void> {
    this.over.abort();
    await this.getting?.catch(() => undefined);
  }

  private get(): Promise<string> {
    this.getting ??= this.find().then(
      (copy) => {
        this.getting = undefined;
        this.reason = undefined;
        return copy;
      },
      (error: unknown) => {
        this.getting = undefined;
        this.reason = reasonOf(error);
        if (!this.over.signal.aborted)
          this.options.log.warn({ reason: this.reason }, 'agents will not live through an update');
        throw error;
      },
    );
    return this.getting;
  }

  private async find(): Promise<string> {
    const { folder, source, clock, log, spareBytes = defaultSpareBytes } = this.options;
    const { platform } = source;
    const { signal } = this.over;
    signal.throwIfAborted();
    if (platform === 'win32' && isWithInstaller(folder, path.dirname(source.program)))
      throw new Error('Musher is installed where it keeps its data');
    const listed = await listSource(source);
    const copy = path.join(folder, listed.name);
    const checked = { platform, signal };
    const fault = await faultOf(copy, checked);
    if (fault === undefined) {
      await tryOut(copy, checked);
      return copy;
    }
    await removeFaulty(copy, platform);
    const fromMs = clock.elapsed();
    const sizeMb = Math.round(listed.sizeBytes / 1e6);
    log.info({ sizeMb, fault }, 'the terminal host gets its own copy of its program');
    const made = { folder, listed, platform, signal, clock, spareBytes };
    await makeCopy({ ...made, tryOut: (fresh) => tryOut(fresh, checked) });
    log.info({ copy, tookMs: Math.round(clock.elapsed() - fromMs) }, 'it has its own copy');
    return copy;
  }
}

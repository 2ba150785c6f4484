/** Whether the terminal host has its own copy of its program: only where an update would end what runs from the app's. */
import path from 'node:path';
import type { AppFiles } from '../adapters/app-files.ts';
import { HostCopies } from '../adapters/host-copy/host-copies.ts';
import type { HostCommand } from '../adapters/terminals/link-host.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { updateWays } from '../bridge/update-state.ts';

export interface CopiesAsked {
  readonly files: AppFiles;
  /** The user's own, of Musher. */
  readonly data: string;
  readonly log: Logger;
}

/** Undefined where the app's own program will do: from source, by the command, on systems where agents go on in any case. */
export function openHostCopies({ files, data, log }: CopiesAsked): HostCopies | undefined {
  const { platform, execPath: program, env } = process;
  const { type } = process as { type?: string };
  const isAppImage = env.APPIMAGE !== undefined;
  if (!needsCopy({ platform, isAppImage, type, root: files.root })) return undefined;
  return new HostCopies({
    folder: path.join(data, 'runtime'),
    source: { version: files.version, program, root: files.root, platform },
    clock: systemClock,
    log: log.child({ component: 'host-copy' }),
  });
}

interface Installed {
  readonly platform: NodeJS.Platform;
  readonly isAppImage: boolean;
  /** Electron's main process alone is a `browser`; run as Node, the same program is nothing. */
  readonly type: string | undefined;
  /** Of the installation: an archive where it was packaged. */
  readonly root: string;
}

export function needsCopy({ platform, isAppImage, type, root }: Installed): boolean {
  const isPackagedApp = type === 'browser' && root.endsWith('.asar');
  return isPackagedApp && !updateWays(platform, isAppImage).agentsGoOn;
}

/** As a host is started; `args` go to either program. */
export function hostCommandOf(
  app: HostCommand,
  copies: HostCopies | undefined,
  args: readonly string[],
): HostCommand | (() => Promise<HostCommand>) {
  const own: HostCommand = [...app, ...args];
  if (copies === undefined) return own;
  return async () => {
    const copied = await copies.command();
    return copied === undefined ? own : [...copied, ...args];
  };
}

/** What the self-test needs of this installation. */
import { access } from 'node:fs/promises';
import { findAppFiles } from '../adapters/app-files.ts';
import { shutDownHost } from '../adapters/terminals/remote-terminals.ts';
import { systemClock } from '../base/clock.ts';
import { hostPlace } from '../terminal-host/process/place.ts';

export async function ownCommand() {
  const { musherCommand, version } = await findAppFiles(import.meta.filename);
  return { musherCommand, version };
}

/** Ends the terminal host of a data folder, and with it every program in its terminals; nothing where there is none. */
export async function endTerminalHost(dataFolder: string): Promise<void> {
  const place = hostPlace(dataFolder, process.platform);
  const isThere = await access(place.keyFile).then(
    () => true,
    () => false,
  );
  if (isThere) await shutDownHost({ place, command: [process.execPath], clock: systemClock });
}

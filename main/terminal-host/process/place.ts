/** Where the terminal host of one user is found, and what lies beside it. */
import { createHash, randomBytes } from 'node:crypto';
import { link, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { musherError } from '../../base/result.ts';

export interface HostPlace {
  readonly folder: string;
  /** A socket of mode 0600, on Windows a named pipe. */
  readonly address: string;
  /** What hub and host prove to each other that they have read. */
  readonly keyFile: string;
  /** What the next host must know of this one, when it could not say goodbye. */
  readonly stateFile: string;
  /** What it has to say to those who look after Musher. */
  readonly logFile: string;
}

/** macOS takes 103 bytes, Linux 107. */
const longestAddress = 100;

/** `dataFolder`: the user's own, of Musher. One host serves all Mushers that share it. */
export function hostPlace(dataFolder: string, platform: NodeJS.Platform): HostPlace {
  const folder = path.join(dataFolder, 'terminal-host');
  return {
    folder,
    address: addressOf(folder, platform),
    keyFile: path.join(folder, 'key'),
    stateFile: path.join(folder, 'state.json'),
    logFile: path.join(folder, 'host.log'),
  };
}

function addressOf(folder: string, platform: NodeJS.Platform): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\musher-${name}`;
  const near = path.join(folder, 'socket');
  if (Buffer.byteLength(near) <= longestAddress) return near;
  return path.join(tmpdir(), `musher-${process.getuid?.() ?? 0}-${name}`, 'socket');
}

/** Makes the folders, this user's own. Throws TERMINAL_HOST_FOREIGN where somebody else was first. */
export async function preparePlace({ folder, address }: HostPlace): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const socketFolder = path.dirname(address);
  if (process.platform === 'win32' || socketFolder === folder) return;
  await mkdir(socketFolder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(socketFolder);
  const isOurs =
    found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  if (!isOurs) throw musherError('TERMINAL_HOST_FOREIGN', { path: socketFolder });
}

/** The key, made by who comes first, whole at once. */
export async function hostKey({ keyFile }: HostPlace): Promise<string> {
  const known = await readFile(keyFile, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  const fresh = `${keyFile}.${randomBytes(6).toString('hex')}`;
  await writeFile(fresh, randomBytes(32).toString('hex'), { mode: 0o600 });
  try {
    await link(fresh, keyFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(fresh, { force: true });
  }
  return readFile(keyFile, 'utf8');
}

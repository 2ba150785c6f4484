/** The Musher that runs already at the port: it has the repository open, or takes it over. */
import type { Logger } from './base/logger.ts';
import { MusherError, musherError } from './base/result.ts';
import { handOver } from './broker/hand-over.ts';
import { probePort } from './broker/probe.ts';
import { handOverKeyAt, openAppData } from './compose/app-data.ts';
import { resolveRoot } from './compose/offline.ts';

/** Where agents and CLIs look first. */
export const defaultPort = 9119;

/** What is to be opened, and where. */
export interface Wanted {
  /** Any folder inside the repository. */
  readonly repo?: string;
  /** Default 9119; 0 takes a free one. */
  readonly port?: number | undefined;
  /** The demo has a repository of its own, and shares none. */
  readonly demo: boolean;
  readonly log: Logger;
}

/** A Musher that runs and has the repository open. */
export interface Running {
  readonly url: string;
  /** It opened it just now, because it was handed over. */
  readonly handedOver: boolean;
  /** The page that shows it. */
  readonly page: string;
}

/**
 * The URL of a Musher that has this repository open at this port; undefined when the port is free.
 * Throws PORT_TAKEN, PORT_SILENT, PORT_HAS_OTHER_REPOSITORY, REPOSITORY_*.
 */
export async function findRunning({ repo, port, demo }: Wanted): Promise<string | undefined> {
  const wanted = port ?? defaultPort;
  if (demo || repo === undefined || wanted === 0) return undefined;
  const probe = await probePort(wanted);
  if (probe.kind === 'free') return undefined;
  if (probe.kind === 'foreign') throw musherError('PORT_TAKEN', { port: wanted });
  if (probe.kind === 'silent') throw musherError('PORT_SILENT', { port: wanted });
  const root = await resolveRoot(repo);
  if (probe.repositories.includes(root)) return probe.url;
  throw musherError('PORT_HAS_OTHER_REPOSITORY', {
    port: wanted,
    other: probe.repositories.join(', ') || 'no repository',
    path: root,
  });
}

/**
 * The Musher at this port that has the repository open, if need be because it is handed over now; undefined when the port
 * is free. Throws PORT_TAKEN, PORT_SILENT, PORT_HAS_OTHER_REPOSITORY when it is another user's, and what it refuses with.
 */
export async function attach(options: Wanted): Promise<Running | undefined> {
  try {
    const url = await findRunning(options);
    return url === undefined ? undefined : { url, handedOver: false, page: url };
  } catch (error) {
    const isOther = error instanceof MusherError && error.wire.code === 'PORT_HAS_OTHER_REPOSITORY';
    const running = isOther ? await handOverTo(options) : undefined;
    if (running === undefined) throw error;
    return running;
  }
}

async function handOverTo({ repo = '.', port = defaultPort, log }: Wanted) {
  const url = `http://127.0.0.1:${port}`;
  const key = (await openAppData(log)).value(handOverKeyAt(port));
  if (key === undefined) return undefined;
  const repository = await resolveRoot(repo);
  const opened = await handOver(url, { key, repository });
  return opened && { url, handedOver: true, page: `${url}/?project=${opened.project}` };
}

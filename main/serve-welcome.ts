/** The browser host without a repository: its page lets one be chosen, and becomes that repository's page. */
import { MusherError } from './base/result.ts';
import { probePort } from './broker/probe.ts';
import { defaultPort } from './running.ts';

/** What keeps a folder from being opened, and what a page can help with. */
const helped = /^(REPOSITORY_(MISSING|INVALID|BARE|EMPTY|UNSAFE)|GIT_MISSING)$/;

export function isHelpedByWelcome(error: unknown): boolean {
  return error instanceof MusherError && helped.test(error.wire.code);
}

/** The welcome page of the Musher that runs at the port; undefined where none does. */
export async function runningWelcome(port: number = defaultPort): Promise<string | undefined> {
  const probe = port === 0 ? undefined : await probePort(port);
  return probe?.kind === 'musher' ? `${probe.url}/welcome.html` : undefined;
}

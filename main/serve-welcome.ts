/** The browser host without a repository: its page lets one be chosen, and becomes that repository's page. */
import { MusherError } from './base/result.ts';
import { probePort } from './broker/probe.ts';
import { attach, defaultPort, type Running, type Wanted } from './running.ts';

/** What keeps a folder from being opened, and what a page can help with. */
const helped = /^(REPOSITORY_(MISSING|INVALID|BARE|EMPTY|UNSAFE)|GIT_MISSING)$/;

export function isHelpedByWelcome(error: unknown): boolean {
  return error instanceof MusherError && helped.test(error.wire.code);
}

/** The welcome page of the Musher that runs at the port; undefined where none does. */
async function runningWelcome(port: number = defaultPort): Promise<string | undefined> {
  const probe = port === 0 ? undefined : await probePort(port);
  return probe?.kind === 'musher' ? `${probe.url}/welcome.html` : undefined;
}

/** A Musher that runs already, and what of it is to be shown. Throws what `attach` throws. */
export async function findServing(
  options: Wanted & { readonly isNamed: boolean },
): Promise<Serving | undefined> {
  try {
    return await attach(options);
  } catch (error) {
    const page =
      options.isNamed || !isHelpedByWelcome(error) ? undefined : await runningWelcome(options.port);
    if (page === undefined) throw error;
    return { url: new URL('.', page).origin, page, handedOver: false, isWelcome: true };
  }
}

export interface Serving extends Running {
  /** It runs, and is to open another repository. */
  readonly isWelcome?: boolean;
}

export function sayRunning({ url, page, handedOver, isWelcome }: Serving): readonly string[] {
  if (isWelcome === true)
    return [`Musher runs at ${url}.`, `  Choose what else to open at  ${page}`];
  return handedOver
    ? [`Opened in the Musher that runs, at ${page}`, '  Its terminal prints the login link.']
    : [`Musher already has this repository open at ${url}`];
}

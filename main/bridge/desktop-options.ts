/** What the desktop app was started with. Chromium's own switches stand among ours and are passed over. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface DesktopOptions {
  /** Absolute folder of the repository; undefined when none was named. */
  readonly repo: string | undefined;
  readonly port: number | undefined;
  readonly demo: boolean;
}

/** `folder` is where it was typed. */
export function parseDesktopOptions(argv: readonly string[], folder: string): DesktopOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: { repo: { type: 'string' }, port: { type: 'string' }, demo: { type: 'boolean' } },
    strict: false,
  });
  const { repo, port, demo } = values;
  return {
    repo: typeof repo === 'string' ? resolve(folder, repo) : undefined,
    port: typeof port === 'string' && /^\d{1,5}$/.test(port) ? Number(port) : undefined,
    demo: demo === true,
  };
}

/** What the user is told who started the app a second time for something else; undefined when it is the same. */
export function noteForSecond(open: DesktopOptions, asked: DesktopOptions): string | undefined {
  const isSame = asked.demo === open.demo && (asked.repo === undefined || asked.repo === open.repo);
  if (isSame) return undefined;
  const wanted = asked.demo ? 'the demo' : asked.repo;
  const found = open.demo ? 'the demo' : (open.repo ?? 'another repository');
  return `It has ${found} open. To open ${wanted}, quit first, or use \`musher serve --port <n>\`.`;
}

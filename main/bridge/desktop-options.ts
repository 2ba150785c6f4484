/** What the desktop app was started with. Chromium's own switches stand among ours and are passed over. Pure. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface DesktopOptions {
  /** Absolute folder of the repository; undefined when none was named. */
  readonly repo: string | undefined;
  /** A link into the app, as it came: `musher://…`. */
  readonly link: string | undefined;
  readonly port: number | undefined;
  readonly demo: boolean;
}

export interface Started {
  readonly argv: readonly string[];
  /** Where it was typed. */
  readonly folder: string;
  /** By `electron <app>`: the app itself is an argument then. */
  readonly isByElectron: boolean;
}

/** A file manager and a browser say what is to be opened without a flag. */
export function parseDesktopOptions({ argv, folder, isByElectron }: Started): DesktopOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { repo: { type: 'string' }, port: { type: 'string' }, demo: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
  });
  const { repo, port, demo } = values;
  const named = positionals.slice(isByElectron ? 2 : 1);
  const link = named.find(isLink);
  const dropped = named.find((one) => !isLink(one));
  const wanted = typeof repo === 'string' ? repo : dropped;
  return {
    repo: wanted === undefined ? undefined : resolve(folder, wanted),
    link,
    port: typeof port === 'string' && /^\d{1,5}$/.test(port) ? Number(port) : undefined,
    demo: demo === true,
  };
}

function isLink(text: string): boolean {
  return /^musher:/i.test(text);
}

/**
 * The way of a command that is asked often and needs neither contract nor command tree: `musher status` costs little
 * more than Node itself. Whatever is typed beyond its own few words goes the whole way, help and mistakes included.
 */
import type { GlobalOptions } from './target.ts';

export interface LeanStatus {
  readonly globals: GlobalOptions & { readonly json: boolean };
}

/** `status`, with nothing but --json, --url and --token; undefined for anything else. */
export function parseLean(argv: readonly string[]): LeanStatus | undefined {
  const globals: { json: boolean; url?: string; token?: string } = { json: false };
  let isStatus = false;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const value = argv[at + 1];
    if (word === 'status' && !isStatus) isStatus = true;
    else if (word === '--json') globals.json = true;
    else if (/^--(url|token)$/.test(word) && value !== undefined && !value.startsWith('-')) {
      globals[word === '--url' ? 'url' : 'token'] = value;
      at += 1;
    } else return undefined;
  }
  return isStatus ? { globals } : undefined;
}

/** Which hub is spoken to, and as whom. */
import type { Io } from './io.ts';
import { usageError } from './failures.ts';

const defaultUrl = 'http://127.0.0.1:9119';

export interface Target {
  /** Without a slash at the end. May hold a token in its path, so it is never printed whole. */
  readonly base: string;
  /** Safe to print. */
  readonly origin: string;
  readonly token: string | undefined;
  /** True when the base itself says who is calling: `/a/<token>`. */
  readonly isCapability: boolean;
}

export interface GlobalOptions {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
}

export function targetFrom(env: Io['env'], globals: GlobalOptions): Target {
  const text = globals.url ?? (env.MUSHER_URL || defaultUrl);
  const from = globals.url === undefined ? 'MUSHER_URL' : '--url';
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw usageError(`${from} is no http address; expected one like ${defaultUrl}.`);
  }
  return {
    base: url.origin + url.pathname.replace(/\/+$/, ''),
    origin: url.origin,
    token: globals.token ?? (env.MUSHER_TOKEN || undefined),
    isCapability: /\/a\/[^/]+/.test(url.pathname),
  };
}

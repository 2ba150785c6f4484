/**
 * Links from elsewhere into the app: `musher://show/review/approval/a-3?repo=/home/me/shop`. Anybody can write one, on a
 * web page for example, so it shows what is there and does nothing: no command, no prompt, and no repository that the
 * operator has not opened before. Pure.
 */
import { isAbsolute } from 'node:path';

export interface DeepLink {
  /** Of the page: `#/review/approval/a-3`; empty for wherever it is. */
  readonly hash: string;
  /** Absolute folder of a repository; undefined for the one that is shown. */
  readonly repo: string | undefined;
}

/** What the system is told that the app opens. */
export const linkScheme = 'musher';

/** How a link looks, for who is told that one is none. */
export const linkExample = 'musher://show/review/approval/a-3';

const longest = 1_000;
/** Of a place in the page; what it means there is looked up, never run. */
const placeShape = /^(?:\/[\w.~@+-]{1,100}){0,6}\/?$/;

/** Undefined for anything else, also for the app's own pages (`musher://app/`). */
export function parseDeepLink(text: string): DeepLink | undefined {
  const url = text.length <= longest ? URL.parse(text) : null;
  if (url?.protocol !== `${linkScheme}:` || url.host !== 'show') return undefined;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return undefined;
  if (!placeShape.test(url.pathname)) return undefined;
  const repo = url.searchParams.get('repo') ?? undefined;
  const isOther = [...url.searchParams.keys()].some((key) => key !== 'repo');
  if (isOther || (repo !== undefined && !isFolder(repo))) return undefined;
  const place = url.pathname.replace(/^\/|\/$/g, '');
  return { hash: place === '' ? '' : `#/${place}`, repo };
}

/** Absolute on this machine, and no share of another one: only to look at that tells it who we are. */
function isFolder(folder: string): boolean {
  const isElsewhere = /^[\\/]{2}|\0|(?:^|[\\/])\.\.?(?:[\\/]|$)/.test(folder);
  return isAbsolute(folder) && !isElsewhere;
}

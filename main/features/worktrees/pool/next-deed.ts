/** What is to be done next, so that as many stand ready as are wanted. Pure. */
import type { PoolMember } from '../ports.ts';

export interface PoolWish {
  readonly size: number;
  /** Of the base. */
  readonly commit: string;
  /** What is to have set them up; undefined: nothing. */
  readonly setUpAs: string | undefined;
}

export type PoolDeed =
  | { readonly kind: 'remove' | 'refresh'; readonly path: string }
  | { readonly kind: 'make' };

/** First what is of no use goes, then what lacks is made, then what is of another commit is brought up to date. */
export function nextDeed(members: readonly PoolMember[], wish: PoolWish): PoolDeed | undefined {
  const useless = members.find(({ isReady, isStale }) => !isReady || isStale);
  if (useless !== undefined) return { kind: 'remove', path: useless.path };
  const tooMany = members[wish.size];
  if (tooMany !== undefined) return { kind: 'remove', path: tooMany.path };
  if (members.length < wish.size) return { kind: 'make' };
  const old = members.find(
    ({ commit, setUpAs }) => commit !== wish.commit || setUpAs !== wish.setUpAs,
  );
  return old && { kind: 'refresh', path: old.path };
}

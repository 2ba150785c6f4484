/** Which of several claims on one story counts: the same on every machine that knows the same claims, and no clock is asked. Pure. */
import type { ClaimSaid } from '../../../../preload/contract/claim-facts.ts';
import type { StoryNode } from '../../../../preload/contract/story-facts.ts';
import { shortHash } from '../../../base/short-hash.ts';

export interface Claim {
  readonly node: string;
  readonly said: ClaimSaid;
}

/** Work that is done goes before work that is not, then whoever has the story, then who has begun before who only asks, then a draw that nobody can move. */
export function winnerOf(
  story: string,
  claims: readonly Claim[],
  holder: StoryNode | undefined,
): Claim | undefined {
  const open = claims.filter(({ said }) => said.state !== 'released');
  const [winner] = open.toSorted(
    (a, b) =>
      Number(isVerified(b)) - Number(isVerified(a)) ||
      Number(isHolder(b, holder)) - Number(isHolder(a, holder)) ||
      Number(isBegun(b)) - Number(isBegun(a)) ||
      compare(drawOf(a.node, story), drawOf(b.node, story)),
  );
  return winner;
}

export function isVerified({ said }: Claim): boolean {
  return said.state === 'verified' && said.commit !== undefined;
}

/** It is written there, and an agent may be at it. */
function isBegun({ said }: Claim): boolean {
  return said.stage !== undefined;
}

export function isHolder({ node, said }: Claim, holder: StoryNode | undefined): boolean {
  return holder !== undefined && holder.id === node && holder.claim === said.claim;
}

/** Another one for each story, so that no node is always the last. */
export function drawOf(node: string, story: string): string {
  return shortHash(`${node} ${story}`);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

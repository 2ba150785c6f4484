/**
 * Who said the same as another, at each change of what is said. It keeps no truth: what an earlier life left open is put right at
 * the first look. Conflicts of whoever is gone end here, of each kind.
 */
import type { ConflictKind } from '../../../preload/contract/conflict-records.ts';
import { conflictKindSchema, namedFiles } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide } from '../../../preload/contract/conflict-sides.ts';
import type { IntentRecord } from '../../../preload/contract/intents.ts';
import type { Life } from '../../hub/feature.ts';
import { isReachable, selectAgents } from '../agents/index.ts';
import { overlapOf } from './overlap.ts';
import type { ConflictsState } from './slice.ts';
import { liveIntents, pairKey } from './slice.ts';
import type { Teller } from './teller.ts';

export type Tellers = Readonly<Record<ConflictKind, Teller>>;

export function watchIntents(life: Life<ConflictsState>, tellers: Tellers): void {
  /** By pair: the two intents that were looked at last. */
  let looked = new Map<string, readonly [IntentRecord, IntentRecord]>();
  let known: readonly unknown[] = [];
  const look = (): void => {
    const { byId } = selectAgents(life.hub());
    const { intents, open } = life.state();
    const isSame = known[0] === intents && known[1] === byId && known[2] === open;
    if (isSame || life.signal.aborted) return;
    known = [intents, byId, open];
    endOfGone(life, tellers);
    looked = compareAll(life, tellers.forward, looked);
  };
  life.onTopics(look);
  look();
}

function endOfGone(life: Life<ConflictsState>, tellers: Tellers): void {
  const agents = selectAgents(life.hub());
  for (const kind of conflictKindSchema.options)
    for (const pair of tellers[kind].open())
      if (!pair.every((side) => isBranchSide(side) || isReachable(agents, side)))
        void tellers[kind].gone(pair, 'agent-gone');
}

/** Only pairs of which one said something else since. */
function compareAll(
  life: Life<ConflictsState>,
  teller: Teller,
  looked: ReadonlyMap<string, readonly [IntentRecord, IntentRecord]>,
): Map<string, readonly [IntentRecord, IntentRecord]> {
  const live = liveIntents(life.state(), life.clock.now()).sort((a, b) => a.seq - b.seq);
  const open = new Map(teller.open().map((pair) => [pairKey('forward', pair), pair]));
  const pairs = new Map<string, readonly [IntentRecord, IntentRecord]>();
  for (const [at, first] of live.entries())
    for (const second of live.slice(at + 1)) {
      const agents = [first.agent, second.agent] as const;
      const key = pairKey('forward', agents);
      pairs.set(key, [first, second]);
      const before = looked.get(key);
      if (before?.includes(first) && before.includes(second)) {
        open.delete(key);
        continue;
      }
      const files = overlapOf(first.files, second.files);
      if (files.length === 0) continue;
      open.delete(key);
      void teller.seen({ agents, files: files.slice(0, namedFiles), fileCount: files.length });
    }
  for (const pair of open.values()) void teller.gone(pair, 'gone');
  return pairs;
}

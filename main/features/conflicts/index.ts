/**
 * Conflicts: what agents are about to change and who has claimed it, whose work collides by that or by what was written, and what
 * both are told of it.
 */
import { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Feature } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { inboxTopic } from '../messages/index.ts';
import type { Trees } from '../worktrees/index.ts';
import { decideDismiss, decideOrder } from './decide.ts';
import { decideDeclare, decideExpire, decideRelease, dueIntents } from './intents.ts';
import { startInFlight } from './in-flight/in-flight.ts';
import { conflictQueries } from './list.ts';
import type { CollisionProof } from './ports.ts';
import { reduceConflicts } from './reduce.ts';
import { describeConflicts } from './say.ts';
import { decideGone, decideSeen } from './seen.ts';
import type { ConflictsState } from './slice.ts';
import { initialConflicts } from './slice.ts';
import { decideSteal } from './steal.ts';
import { conflictTeller } from './teller.ts';
import { conflictWaits } from './waits.ts';
import { watchIntents } from './watch-intents.ts';
import { watchWrites } from './watch-writes.ts';

export { asPattern, exactly, metBy, normalPath, pathProblem } from './paths.ts';

export interface ConflictsPorts {
  readonly proof: CollisionProof;
  readonly trees: Trees;
}

export function conflictsFeature(ports: ConflictsPorts): Feature {
  return feature(contract, {
    initial: initialConflicts,
    version: 2,
    commands: {
      'intent.declare': { decide: decideDeclare },
      'intent.release': { decide: decideRelease },
      'intent.steal': { decide: decideSteal },
      'intent.expire': { decide: decideExpire },
      'conflict.seen': { decide: decideSeen },
      'conflict.gone': { decide: decideGone },
      'conflict.order': { decide: decideOrder },
      'conflict.dismiss': { decide: decideDismiss },
    },
    queries: conflictQueries(ports.proof),
    reduce: reduceConflicts,
    views: {
      intent: { items: ({ intents }: ConflictsState) => intents },
      conflict: { items: ({ conflicts }: ConflictsState) => conflicts.byId },
    },
    topics: inboxesOf,
    search: {
      'intent.declared': { text: ['summary'] },
      'intent.withdrawn': { text: [] },
      'intent.released': { text: [] },
      'intent.stolen': { text: ['reason'] },
      'conflict.found': { text: ['files'] },
      'conflict.changed': { text: ['files'] },
      'conflict.cleared': { text: [] },
      'conflict.ordered': { text: [] },
    },
    describe: describeConflicts,
    waits: conflictWaits,
    due: dueIntents,
    start(life) {
      const tellers = {
        forward: conflictTeller(life, 'forward'),
        'in-flight': conflictTeller(life, 'in-flight'),
        ownership: conflictTeller(life, 'ownership'),
      };
      watchIntents(life, tellers);
      watchWrites(ports.trees, life, tellers.ownership);
      startInFlight(life, ports, tellers['in-flight']);
    },
  });
}

function inboxesOf({ data }: EventEnvelope): readonly string[] {
  const { recipients = [] } = data as { readonly recipients?: readonly string[] };
  return recipients.map(inboxTopic);
}

/** Lets go of snapshots that are older than is kept or take too much room: a minute after the start, then once a day. */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import { heldRefs } from './decide.ts';
import type { KeptSnapshot, SnapshotsPorts } from './ports.ts';
import {
  chooseForgotten,
  type Forgotten,
  forgotten,
  inOrderOfGoing,
  type RetentionAsk,
} from './retention.ts';
import type { SnapshotsState } from './slice.ts';

/** After a start there is more urgent work for git, milliseconds. */
const firstMs = 60_000;
const everyMs = 24 * 3_600_000;
/** In one event. */
const atOnce = 100;

export function sweepSnapshots(ports: SnapshotsPorts, life: Life<SnapshotsState>): void {
  let cancel = (): void => undefined;
  const sweep = async (): Promise<void> => {
    try {
      const over = await chooseOver(ports, life);
      for (let at = 0; at < over.length && !life.signal.aborted; at += atOnce) {
        const data = { snapshots: over.slice(at, at + atOnce) };
        await life.system({ type: 'snapshot.forget', data });
      }
    } catch (error) {
      if (!life.signal.aborted)
        life.logger.warn({ error: reasonOf(error) }, 'old snapshots were not let go of');
    }
    if (!life.signal.aborted) cancel = life.clock.schedule(sweep, everyMs);
  };
  cancel = life.clock.schedule(sweep, firstMs);
  life.own(() => cancel());
}

async function chooseOver(
  { snapshots, settings }: SnapshotsPorts,
  life: Life<SnapshotsState>,
): Promise<Forgotten[]> {
  const { signal } = life;
  const all = await snapshots.list({ signal });
  const hub = life.hub();
  const agents = new Set(selectAgents(hub).byId.keys());
  const ask = { settings: settings(), nowMs: life.clock.now(), held: heldRefs(hub), agents };
  const dated = chooseForgotten(
    all.map(({ snapshot }) => snapshot),
    ask,
  );
  const gone = new Set(dated.map(({ ref }) => ref));
  const left = all.filter(({ snapshot }) => !gone.has(snapshot.ref));
  const large = await chooseTooLarge(left, ask, (kept) =>
    snapshots.sizeOf({
      commits: kept.map(({ snapshot }) => snapshot.commit),
      keys: kept.flatMap(({ keys }) => keys),
      signal,
    }),
  );
  return [...dated, ...large];
}

/** As few as make the rest fit; asks for few sizes, as each costs git a walk. */
async function chooseTooLarge(
  all: readonly KeptSnapshot[],
  ask: RetentionAsk,
  sizeOf: (kept: readonly KeptSnapshot[]) => Promise<number>,
): Promise<Forgotten[]> {
  const { maxBytes } = ask.settings;
  const order = inOrderOfGoing(
    all.map(({ snapshot }) => snapshot),
    ask,
  );
  const fits = async (count: number): Promise<boolean> => {
    const out = new Set(order.slice(0, count).map(({ ref }) => ref));
    return (await sizeOf(all.filter(({ snapshot }) => !out.has(snapshot.ref)))) <= maxBytes;
  };
  if (order.length === 0 || (await fits(0))) return [];
  let [tooFew, enough] = [0, order.length];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (await fits(middle)) enough = middle;
    else tooFew = middle;
  }
  return order.slice(0, enough).map((one) => forgotten(one, 'size'));
}

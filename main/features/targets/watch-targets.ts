/** Watches the branches that work is merged into, and tells those that are not where the hub knows them. */
import { reasonOf } from '../../base/result.ts';
import type { HubState, Life } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import { mergingInto, targetsOfApprovals } from '../approvals/index.ts';
import { isHeldByGates } from '../gates/index.ts';
import type { Targets } from './ports.ts';
import type { TargetsState } from './slice.ts';

/** A merge of the hub's own is on its way: its report says where the target is, milliseconds. */
const mergeMs = 1_000;

/** What work goes to: what agents' branches began from, and what approvals name. */
export function targetsOf(hub: HubState): readonly string[] {
  const bases = selectAgents(hub)
    .byId.values()
    .flatMap(({ base, state }) => (base === undefined || state === 'destroyed' ? [] : [base.ref]));
  return [...new Set([...bases, ...targetsOfApprovals(hub)])];
}

export function watchTargets(port: Targets, life: Life<TargetsState>): void {
  const looking = new Set<string>();
  const again = new Set<string>();
  const cancels = new Map<string, () => void>();

  const later = (target: string): void => {
    cancels.get(target)?.();
    cancels.set(
      target,
      life.clock.schedule(() => void look(target), mergeMs),
    );
  };
  const look = async (target: string): Promise<void> => {
    if (looking.has(target)) {
      again.add(target);
      return;
    }
    looking.add(target);
    try {
      if (!(await tell(port, life, target))) later(target);
    } catch (error) {
      if (!life.signal.aborted)
        life.logger.warn({ target, error: reasonOf(error) }, 'a target could not be looked at');
    }
    looking.delete(target);
    if (again.delete(target) && !life.signal.aborted) void look(target);
  };

  let known: ReadonlySet<string> = new Set();
  const lookAtNew = (): void => {
    const now = new Set(targetsOf(life.hub()));
    for (const target of now) if (!known.has(target)) void look(target);
    known = now;
  };
  let records = life.state();
  /** What was not looked at while it was being moved back. */
  const lookAtRestored = (): void => {
    const before = records;
    records = life.state();
    if (records === before) return;
    for (const { target, isRestoring } of before.values())
      if (isRestoring && !records.get(target)?.isRestoring) void look(target);
  };
  let agents: unknown;
  life.onTopics(() => {
    if (life.signal.aborted) return;
    lookAtRestored();
    const { byId } = selectAgents(life.hub());
    if (byId === agents) return;
    agents = byId;
    lookAtNew();
  });
  lookAtNew();
  const end = port.watch(
    () => [...known],
    (target) => void look(target),
  );
  life.own(() => {
    void end();
    for (const cancel of cancels.values()) cancel();
  });
}

/** False when it is to be looked at once more, because the hub itself is moving it. */
async function tell(port: Targets, life: Life<TargetsState>, target: string): Promise<boolean> {
  if (life.signal.aborted) return true;
  if (isMergingInto(life.hub(), target)) return false;
  const { signal } = life;
  const to = await port.commitOf(target, signal);
  // What approvals and bases name may be a commit, or a branch that is gone: there is nothing to move back.
  if (to === undefined) return true;
  const record = life.state().get(target);
  const from = record?.commit;
  if (record?.isRestoring || (to === from && record?.alarm === undefined)) return true;
  const facts =
    from === undefined || from === to
      ? { added: 0, removed: 0, moves: [], checkouts: [] }
      : await port.between({ target, from, to, signal });
  // It may have begun, or ended, while that was read.
  if (isMergingInto(life.hub(), target)) return false;
  const data = { target, to, ...(from !== undefined && { from }), ...facts };
  if (!signal.aborted) await life.system({ type: 'target.tell', data });
  return true;
}

/** Not while gates hold the merge back: that takes minutes, and who moves the target then is somebody else. */
function isMergingInto(hub: HubState, target: string): boolean {
  const merging = mergingInto(hub, target);
  // They merge one after another: those behind it wait as well.
  return merging.length > 0 && !merging.some(({ id }) => isHeldByGates(hub, id));
}

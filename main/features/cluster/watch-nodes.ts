/** How nodes stand, as it comes in: their links and heartbeats, by this machine's clock. Live, and in no log. */
import type { ClaimsSaid } from '../../../preload/contract/claim-facts.ts';
import { type NodeLink, skewTold } from '../../../preload/contract/cluster-facts.ts';
import type { Life } from '../../hub/feature.ts';
import type { ClusterPorts, SharedDocument } from './ports.ts';
import { type ClusterState, joinedNodes } from './slice.ts';

interface Watching {
  readonly shared: SharedDocument;
  readonly ports: Pick<ClusterPorts, 'settings' | 'room'>;
}

export function watchNodes({ shared, ports }: Watching, life: Life<ClusterState>): void {
  const { live, clock, logger } = life;
  const look = (id: string): void => {
    const node = life.state().byId.get(id);
    if (node?.state !== 'joined') {
      live.remove('nodeLink', id);
      return;
    }
    const before = live.of('nodeLink').get(id) as NodeLink | undefined;
    const after = linkOf(shared, id, {
      ...{ before, nowMs: clock.now(), keepsMs: ports.settings().claimMs },
    });
    if (isClockOff(after) && !(before !== undefined && isClockOff(before)))
      logger.warn({ node: id, skewMs: after.skewMs }, 'the clock of a node differs');
    live.put('nodeLink', id, after);
  };
  const admitAll = (): void => {
    const joined = new Set(joinedNodes(life.state()).map(({ id }) => id));
    for (const id of live.of('nodeLink').keys())
      if (!joined.has(id)) {
        shared.lockOut(id);
        live.remove('nodeLink', id);
      }
    for (const id of joined)
      if (live.of('nodeLink').get(id) === undefined) {
        shared.admit(id);
        look(id);
      }
  };
  life.own(shared.onNode(look));
  life.own(
    ports.room.onSettings(() => {
      for (const { id } of joinedNodes(life.state())) look(id);
    }),
  );
  life.onTopics((topics) => {
    if (topics.includes(nodesTopic)) admitAll();
  });
  admitAll();
}

/** Of who joins, and who is locked out. */
export const nodesTopic = 'nodes';

interface Seen {
  readonly before: NodeLink | undefined;
  readonly nowMs: number;
  readonly keepsMs: number;
}

/** A heartbeat counts when it is another than the one before, or its node is there: what a document remembers is no sign of life. */
function linkOf(shared: SharedDocument, id: string, { before, nowMs, keepsMs }: Seen): NodeLink {
  const self = shared.selfOf(id);
  const isConnected = shared.isConnected(id);
  const isNew =
    self !== undefined && (before === undefined ? isConnected : self.beat !== before.self?.beat);
  const heard = isNew
    ? { seenMs: nowMs, skewMs: self.atMs - nowMs }
    : { seenMs: before?.seenMs ?? 0, skewMs: before?.skewMs ?? 0 };
  const work = workOf(shared.claimsOf(id));
  return {
    ...{ isConnected, ...heard, keepsMs },
    ...(self !== undefined && { self }),
    ...(work !== undefined && { work }),
  };
}

/** What pages show of its claims; what it gave back is no work of it. */
function workOf(claims: ClaimsSaid): NodeLink['work'] {
  const held = Object.entries(claims).filter(([, { state }]) => state !== 'released');
  if (held.length === 0) return undefined;
  return Object.fromEntries(
    held.map(([story, { state, stage, agent }]) => [
      story,
      { state, ...(stage !== undefined && { stage }), ...(agent !== undefined && { agent }) },
    ]),
  );
}

function isClockOff({ skewMs }: NodeLink): boolean {
  return Math.abs(skewMs) > skewTold;
}

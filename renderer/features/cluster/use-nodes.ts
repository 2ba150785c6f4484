/** Nodes as they are remembered and as they stand for now, and the join tokens that wait to be used. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type {
  NodeLink,
  NodeRecord,
  RendezvousLink,
} from '../../../preload/contract/cluster-facts.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery, useSend } from '../../hub/use-command.ts';
import { useHeadSeq, useLiveTable, useRecords } from '../../hub/use-records.ts';
import type { ViewBadge } from '../../shell/view.ts';
import { useNow } from '../../ui/clock.ts';
import { standingOf } from '../../../preload/contract/say-node.ts';
import { useClusterUi } from './cluster-ui.ts';

export type Invite = QueryOutput<'node.list'>['invites'][number];

export interface ShownNode {
  readonly node: NodeRecord;
  readonly link: NodeLink | undefined;
}

/** In the order they joined, so that none moves when it is renamed or lost. One that was locked out is shown where it is asked for. */
export function useNodes(asked: string | undefined): {
  shown: readonly ShownNode[];
  revoked: number;
} {
  const records = useRecords('node');
  const links = useLiveTable('nodeLink');
  const showsRevoked = useClusterUi((state) => state.showsRevoked);
  return useMemo(() => {
    const isShown = ({ id, state }: NodeRecord) =>
      showsRevoked || state === 'joined' || id === asked;
    return {
      shown: records
        .filter(isShown)
        .toSorted((a, b) => a.joinedMs - b.joinedMs)
        .map((node) => ({ node, link: links?.get(node.id) })),
      revoked: records.filter(({ state }) => state === 'revoked').length,
    };
  }, [asked, records, links, showsRevoked]);
}

/** How often it is looked whether one is lost, where its age is not shown. */
const lookMs = 5_000;

/** For the sidebar. */
export function useLostNodes(): ViewBadge | undefined {
  const records = useRecords('node');
  const links = useLiveTable('nodeLink');
  const now = useNow(lookMs);
  const lost = records.filter((node) => standingOf(node, links?.get(node.id), now) === 'lost');
  return lost.length === 0 ? undefined : { value: lost.length, what: 'lost' };
}

/** Of a Musher that is a node itself; it is one of one rendezvous at most. */
export function useRendezvous(): RendezvousLink | undefined {
  const [link] = useLiveTable('rendezvousLink')?.values() ?? [];
  return link;
}

/** So often at most while something happens. */
const paceMs = 1_000;

/** No records of them reach the page: they are asked for, once they are wanted, and anew when the log has grown. */
export function useInvites(isWanted = true) {
  const isLive = useConnection().state === 'live';
  const head = useHeadSeq();
  const { result, error, reload } = useQuery('node.list', isLive && isWanted ? {} : undefined);
  const [asked, setAsked] = useState(head);
  useEffect(() => {
    if (asked === head) return;
    const timer = setTimeout(() => {
      setAsked(head);
      reload();
    }, paceMs);
    return () => clearTimeout(timer);
  }, [asked, head, reload]);
  const { invites, nodesAt } = result ?? {};
  return { invites, nodesAt, error: result === undefined ? error : undefined, reload };
}

/** Takes back a token that nobody used. */
export function useUninvite(reload: () => void): (invite: Invite) => void {
  const send = useSend();
  return useCallback(
    ({ invite }) => void send('node.uninvite', { invite }).then(reload),
    [send, reload],
  );
}

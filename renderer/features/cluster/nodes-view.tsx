import { Plus, Server } from 'lucide-react';
import { useIsLoaded } from '../../hub/use-records.ts';
import { keyOfTarget } from '../../../preload/contract/place.ts';
import { amendPlace, useUi } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { openClusterDialog, toggleRevoked, useClusterUi } from './cluster-ui.ts';
import { InviteList } from './invite-list.tsx';
import { LinksFigure } from './links/links-figure.tsx';
import { NodeSummary } from './node-summary.tsx';
import { NodeTable } from './node-table.tsx';
import { RendezvousBar } from './rendezvous-bar.tsx';
import { type ShownNode, useInvites, useNodes, useRendezvous } from './use-nodes.ts';
import { WatchPage } from './terminal/watch-page.tsx';
import { watchStory } from './terminal/watch-ui.ts';
import { useStoriesByNode } from './work/stories-by-node.ts';
import { OwnClaims } from './work/own-claims.tsx';

const letJoin = () => openClusterDialog({ kind: 'join' });

/** The machines that help, or the terminal of one of them. */
export function NodesView() {
  const watched = useUi(({ place }) => keyOfTarget(place.target, 'watch'));
  return watched === undefined ? <NodesList /> : <WatchPage key={watched} id={watched} />;
}

/** Who, where, how busy, when last heard, and who may still join. */
function NodesList() {
  const asked = useUi(({ place }) => keyOfTarget(place.target, 'node'));
  const { shown, revoked } = useNodes(asked);
  const { invites, error, reload } = useInvites();
  const rendezvous = useRendezvous();
  const isLoaded = useIsLoaded();
  const showsRevoked = useClusterUi((state) => state.showsRevoked);
  const active = useNodeKeys(shown, asked);
  const isAsking = invites === undefined && error === undefined;
  const isEmpty = shown.length === 0 && invites?.length === 0;
  useShortcuts([
    { keys: 'n', run: letJoin },
    { keys: 'v', run: () => (revoked > 0 || showsRevoked) && toggleRevoked() },
  ]);
  return (
    <>
      <ViewHeader
        title="Nodes"
        actions={
          <>
            {(revoked > 0 || showsRevoked) && (
              <Button look="quiet" shortcut="v" aria-pressed={showsRevoked} onClick={toggleRevoked}>
                {showsRevoked ? 'Hide locked out' : `Locked out: ${revoked}`}
              </Button>
            )}
            <Button icon={Plus} shortcut="n" onClick={letJoin}>
              Let a machine join
            </Button>
          </>
        }
      >
        <NodeSummary shown={shown} />
      </ViewHeader>
      {rendezvous && <RendezvousBar link={rendezvous} />}
      <div aria-busy={!isLoaded || isAsking} className="min-h-0 flex-1 overflow-y-auto">
        {isLoaded && <LinksFigure {...{ shown, rendezvous }} />}
        {isLoaded && rendezvous && <OwnClaims link={rendezvous} />}
        {isLoaded && isEmpty && <NoNodes isNode={rendezvous !== undefined} />}
        {isLoaded && shown.length > 0 && <NodeTable shown={shown} activeId={active?.node.id} />}
        <InviteList {...{ invites, error, reload }} />
      </div>
    </>
  );
}

/** Of a Musher that helps another it is no lack that nobody helps it. */
function NoNodes({ isNode }: { isNode: boolean }) {
  if (isNode)
    return <p className="px-4 pb-4 text-muted">No machine has joined this Musher itself.</p>;
  return (
    <EmptyState
      icon={Server}
      title="No machine has joined yet"
      action={
        <Button look="primary" icon={Plus} shortcut="n" onClick={letJoin}>
          Let a machine join
        </Button>
      }
    >
      A node is another machine with a clone of this repository. It has this board, also while it is
      cut off, takes stories that are ready, works on them with agents of its own and brings them
      back. One joins with a token that works once, over a tunnel between the two: no cloud, no
      account.
    </EmptyState>
  );
}

/** The one in the address is chosen; the keys move it and act on it. */
function useNodeKeys(
  shown: readonly ShownNode[],
  asked: string | undefined,
): ShownNode | undefined {
  const at = shown.findIndex(({ node }) => node.id === asked);
  const active = shown[at];
  const move = (by: number) => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, at === -1 ? 0 : at + by))];
    if (next) amendPlace(`node/${next.node.id}`);
  };
  useShortcuts([
    { keys: 'j', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'ArrowUp', run: () => move(-1) },
  ]);
  const stories = useStoriesByNode();
  const watch = () => {
    const [first] = stories.get(active?.node.id ?? '') ?? [];
    if (first) watchStory(first.id);
  };
  useShortcuts([{ keys: 't', run: watch }]);
  const ask = (kind: 'rename' | 'revoke') => () =>
    active && openClusterDialog({ kind, id: active.node.id });
  useShortcuts(
    [
      { keys: 'e', run: ask('rename') },
      { keys: 'x', run: ask('revoke') },
    ],
    active?.node.state === 'joined',
  );
  return active;
}

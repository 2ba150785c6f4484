/** Sharing begins when the first machine is let in: before that there is nobody to share with, and nothing is opened. */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import { lendStories } from './claims/lend.ts';
import type { ClusterPorts, SharedDocument } from './ports.ts';
import { shareBoard } from './share-board.ts';
import { type ClusterState, joinedNodes } from './slice.ts';
import { nodesTopic, watchNodes } from './watch-nodes.ts';

/** Returns what opens it, once: a link may be quicker than the event that let its node in is told. */
export function shareWithNodes(
  ports: ClusterPorts,
  life: Life<ClusterState>,
  onNode: (node: string) => void,
): () => Promise<SharedDocument> {
  let shared: Promise<SharedDocument> | undefined;
  const begin = async (): Promise<SharedDocument> => {
    const opened = await ports.share();
    if (life.signal.aborted) await opened.close();
    else {
      life.own(() => opened.close());
      shareBoard(opened.board, life);
      watchNodes({ shared: opened, ports }, life);
      // After how it stands is known.
      life.own(opened.onNode(onNode));
      lendStories({ shared: opened, ports, life });
    }
    return opened;
  };
  const share = (): Promise<SharedDocument> => {
    shared ??= begin().catch((error: unknown) => {
      // The next link, or who is let in next, tries again.
      shared = undefined;
      life.logger.error({ error: reasonOf(error) }, 'the shared document cannot be opened');
      throw error;
    });
    return shared;
  };
  const shareIfWanted = (): void => {
    const { invites } = life.state();
    if (invites.size > 0 || joinedNodes(life.state()).length > 0) share().catch(() => undefined);
  };
  life.onTopics((topics) => {
    if (topics.includes(nodesTopic)) shareIfWanted();
  });
  shareIfWanted();
  return share;
}

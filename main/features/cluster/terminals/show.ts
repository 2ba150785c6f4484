/** As a node: when its rendezvous calls, it opens a way for terminals there, and shows those of the agents that work on stories of it. */
import type { Life } from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import { selectStories, storyOf } from '../../stories/index.ts';
import type { Replica } from '../ports.ts';
import type { ClusterState } from '../slice.ts';
import type { SocketLink } from '../../../base/socket-link.ts';
import type { ShownTerminals } from '../ports.ts';
import { Showing } from './showing.ts';
import { type Target, targetOf } from './target.ts';

interface Shows {
  readonly replica: Replica;
  readonly shown: ShownTerminals;
  readonly life: Life<ClusterState>;
}

/** Nobody watches: nothing is open, and nothing is looked at. A way that was lost is opened again when the rendezvous calls again. */
export function showTerminals({ replica, shown, life }: Shows): void {
  let open: { readonly link: SocketLink; readonly showing: Showing } | undefined;
  const targets = (story: string): Target => {
    const hub = life.hub();
    const stories = selectStories(hub);
    const { byId } = selectAgents(hub);
    return targetOf({
      node: replica.node,
      claim: life.state().claims.get(story),
      workOn: (local) => {
        const found = storyOf(stories, local);
        return found && { agent: found.agent };
      },
      terminalOf: (agent) => byId.get(agent)?.terminalId,
    });
  };
  const close = (): void => {
    const before = open;
    open = undefined;
    before?.showing.end();
    before?.link.terminate();
  };
  const begin = (): void => {
    if (open?.link.isConnecting() === true) return;
    // The one before may be dead without having said so: it would not have been called again.
    close();
    const link = shown.open();
    const log = life.logger;
    const showing = new Showing({ link, terminals: shown.terminals, targetOf: targets, log });
    open = { link, showing };
    link.onClose((code, reason) => {
      showing.end();
      if (open?.link === link) open = undefined;
      log.debug({ code, reason }, 'the way for terminals is closed');
    });
  };
  life.own(close);
  life.own(replica.onCalled(begin));
  life.own(replica.onChange(() => replica.link().state !== 'connected' && close()));
  life.onTopics(() => open?.showing.look());
}

/** As a rendezvous: terminals of nodes, for the pages and commands of this Musher. Nothing is opened before somebody watches. */
import type { NodeLink } from '../../../../preload/contract/cluster-facts.ts';
import { parseNodeTerminalId } from '../../../../preload/contract/node-terminals.ts';
import type { Result } from '../../../base/result.ts';
import { musherError, refuse } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import { selectStories, storyOf } from '../../stories/index.ts';
import type { TerminalAttachment, TerminalViewer } from '../../terminals/index.ts';
import type { AdmittedNode } from '../ports.ts';
import type { ClusterState } from '../slice.ts';
import type { SocketLink } from '../../../base/socket-link.ts';
import type { WatchedTerminals } from '../ports.ts';
import { Relay } from './relay.ts';
import { askText, type ScreenText } from './ask-text.ts';
import type { Want } from './asking.ts';
import { Way } from './way.ts';

export interface WatchingOptions {
  readonly life: Life<ClusterState>;
  /** By the link that a node has. */
  readonly call: (node: string) => void;
}

export class Watching implements WatchedTerminals {
  private readonly options: WatchingOptions;
  private readonly ways = new Map<string, Way>();

  /** Ends with the hub. */
  constructor(options: WatchingOptions) {
    this.options = options;
    const { life } = options;
    life.own(() => {
      for (const way of this.ways.values()) way.end();
    });
    life.onTopics(() => this.look());
  }

  accept(link: SocketLink, { id }: AdmittedNode): void {
    if (this.options.life.signal.aborted) link.close(1001, 'ending');
    else this.wayOf(id).accept(link);
  }

  watch(id: string, viewer: TerminalViewer): TerminalAttachment {
    const asked = parseNodeTerminalId(id);
    if (asked === undefined) throw musherError('NODE_UNKNOWN', { node: id });
    const { node, story } = asked;
    if (!this.isAt(node, story))
      throw musherError('STORY_NOT_AT_NODE', { story, label: this.labelOf(node) });
    const way = this.wayOf(node);
    const want: Want = {
      story,
      relay: new Relay(viewer),
      onFail: (error) => viewer.onFailed?.(error),
    };
    way.add(want);
    return {
      // Whoever watches neither types nor decides a size: there is no way for either.
      write: () => undefined,
      resize: () => undefined,
      acknowledge: (bytes) => way.parsed(want, bytes),
      detach: () => way.remove(want),
    };
  }

  /** The text on the screen of who works on a story there, once. */
  async text(story: string, signal: AbortSignal): Promise<Result<ScreenText>> {
    const held = storyOf(selectStories(this.options.life.hub()), story);
    if (held?.node === undefined) return refuse('STORY_ON_NO_NODE', { story });
    const { id } = held.node;
    if (!this.isConnected(id)) return refuse('NODE_AWAY', { label: this.labelOf(id) });
    const { clock } = this.options.life;
    return askText({ way: this.wayOf(id), story, clock, signal });
  }

  /** A node connected or went. */
  nodeChanged(node: string): void {
    this.ways.get(node)?.look();
  }

  /** Watches of stories that went elsewhere are over; so are the ways of who was locked out. */
  private look(): void {
    for (const [node, way] of this.ways) {
      way.failWhere((story) => !this.isAt(node, story), 'STORY_NOT_AT_NODE');
      if (this.options.life.state().byId.get(node)?.state === 'joined') continue;
      way.failWhere(() => true, 'NODE_REVOKED');
      this.ways.delete(node);
      way.end();
    }
  }

  private isAt(node: string, story: string): boolean {
    return storyOf(selectStories(this.options.life.hub()), story)?.node?.id === node;
  }

  private wayOf(node: string): Way {
    const known = this.ways.get(node);
    if (known !== undefined) return known;
    const { life, call } = this.options;
    const way = new Way({
      ...{ node, clock: life.clock, log: life.logger },
      label: () => this.labelOf(node),
      version: () => this.linkOf(node)?.self?.version,
      isConnected: () => this.isConnected(node),
      call: () => call(node),
    });
    this.ways.set(node, way);
    return way;
  }

  private labelOf(node: string): string {
    return this.options.life.state().byId.get(node)?.label ?? node;
  }

  private isConnected(node: string): boolean {
    return this.linkOf(node)?.isConnected === true;
  }

  private linkOf(node: string): NodeLink | undefined {
    return this.options.life.live.of('nodeLink').get(node) as NodeLink | undefined;
  }
}

// The shared document in memory, with nodes that the test moves.

import { isDeepStrictEqual } from 'node:util';
import { type MusherError, musherError } from '../../main/base/result.ts';
import type { ClaimsSaid } from '../../preload/contract/claim-facts.ts';
import type { NodeSelf, RendezvousLink } from '../../preload/contract/cluster-facts.ts';
import type { PeerLinks, PeerSaid } from '../../preload/contract/peer-facts.ts';
import type { StoryRecord } from '../../preload/contract/story-facts.ts';
import type {
  BoardSaid,
  CarriedCommit,
  ClaimCarrier,
  Machine,
  Peers,
  Replica,
  SharedDocument,
} from '../../main/features/cluster/ports.ts';

export const playedMachine: Machine = {
  look: () => ({ version: '1.0.0', host: 'here', platform: 'linux-x64', cpus: 4, load: 0.5 }),
};

const nothingTold: BoardSaid = {
  ...{ offers: new Map(), work: new Map(), verdicts: new Map(), peers: new Map() },
};

export interface PlayedShared extends SharedDocument {
  readonly written: Map<string, StoryRecord>;
  /** How often the document changed. */
  changes: number;
  readonly admitted: Set<string>;
  readonly isClosed: () => boolean;
  /** Nodes that were called for terminals, in order. */
  readonly calls: string[];
  /** A node connects or goes. */
  link(node: string, isConnected: boolean): void;
  /** A node writes its part. */
  hear(node: string, self: NodeSelf): void;
  /** A node writes its claims. */
  claim(node: string, claims: ClaimsSaid): void;
  /** What nodes were told last, beside the stories. */
  told: BoardSaid;
}

export function playedShared(): PlayedShared {
  const written = new Map<string, StoryRecord>();
  const admitted = new Set<string>();
  const connected = new Set<string>();
  const selves = new Map<string, NodeSelf>();
  const claims = new Map<string, ClaimsSaid>();
  const listeners = new Set<(node: string) => void>();
  let isClosed = false;
  const tell = (node: string): void => {
    for (const listener of listeners) listener(node);
  };
  const shared: PlayedShared = {
    ...{ written, admitted, changes: 0, isClosed: () => isClosed },
    told: nothingTold,
    board: {
      stories: () => new Map(written),
      write({ put, remove }) {
        if (put.length + remove.length > 0) shared.changes += 1;
        for (const story of put) written.set(story.id, story);
        for (const id of remove) written.delete(id);
      },
      tell(said) {
        shared.told = said;
      },
    },
    claimsOf: (node) => claims.get(node) ?? {},
    admit: (node) => void admitted.add(node),
    lockOut: (node) => void admitted.delete(node),
    calls: [],
    isConnected: (node) => connected.has(node),
    selfOf: (node) => selves.get(node),
    onNode(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    callForTerminals: (node) => void shared.calls.push(node),
    accept: async () => undefined,
    async close() {
      isClosed = true;
    },
    link(node, is) {
      if (is) connected.add(node);
      else connected.delete(node);
      tell(node);
    },
    hear(node, self) {
      selves.set(node, self);
      tell(node);
    },
    claim(node, said) {
      claims.set(node, said);
      tell(node);
    },
  };
  return shared;
}

/** A node's copy of it, in memory; the test says when which way is open. */
export interface PlayedReplica extends Replica {
  /** What went the one way, and the other, arrives. */
  flow(shared: PlayedShared, ways?: { readonly up?: boolean; readonly down?: boolean }): void;
  cut(shared: PlayedShared): void;
  /** Its process is another: it remembers no link. */
  restart(): void;
  /** Since when it was linked last. */
  aloneFor: number | undefined;
  self: NodeSelf | undefined;
  claims: ClaimsSaid;
}

export function playedReplica(node: string): PlayedReplica {
  let stories: ReadonlyMap<string, StoryRecord> = new Map();
  let told = nothingTold;
  let state: RendezvousLink['state'] = 'connecting';
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const replica: PlayedReplica = {
    ...{
      url: 'http://127.0.0.1:9119',
      node,
      label: node,
      self: undefined,
      claims: {},
      aloneFor: undefined,
    },
    link: () => ({ state, sinceMs: 0 }),
    aloneMs: () => replica.aloneFor,
    stories: () => stories,
    story: (id) => stories.get(id),
    storyCount: () => stories.size,
    onCalled: () => () => undefined,
    told: () => told,
    claim(claims) {
      replica.claims = claims;
    },
    say(self) {
      replica.self = { ...self, beat: (replica.self?.beat ?? 0) + 1 };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    flow(shared, { up = true, down = true } = {}) {
      if (down) {
        replica.aloneFor = undefined;
        [stories, told, state] = [shared.board.stories(), shared.told, 'connected'];
        tell();
      }
      if (!up) return;
      shared.link(node, true);
      shared.claim(node, replica.claims);
      if (replica.self !== undefined) shared.hear(node, replica.self);
    },
    restart() {
      if (state === 'offline') replica.aloneFor = undefined;
    },
    cut(shared) {
      if (state === 'connected') replica.aloneFor = 0;
      state = 'offline';
      tell();
      shared.link(node, false);
    },
  };
  return replica;
}

/** Links with peers in memory: the test says who sees whom. */
export class PlayedPeers implements Peers {
  readonly url = undefined;
  said: PeerSaid | undefined;
  private readonly linked = new Map<string, PeerSaid>();
  private readonly listeners = new Set<() => void>();

  follow(): void {}

  tell(said: PeerSaid): void {
    this.said = said;
  }

  heard(): ReadonlyMap<string, PeerSaid> {
    return new Map(this.linked);
  }

  links(): PeerLinks {
    return Object.fromEntries([...this.linked.keys()].map((node) => [node, 'linked']));
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Undefined: it is seen no more. */
  hear(node: string, said: PeerSaid | undefined): void {
    if (isDeepStrictEqual(this.linked.get(node), said)) return;
    if (said === undefined) this.linked.delete(node);
    else this.linked.set(node, said);
    for (const listener of this.listeners) listener();
  }
}

/** The git remote, by the names of what is on it. */
export class PlayedCarrier implements ClaimCarrier {
  /** Both machines reach the same one. */
  remote = new Map<string, string>();
  isReachable = true;
  tip = '9'.repeat(40);

  async publish(one: CarriedCommit): Promise<void> {
    this.reach(one, 'to');
    this.remote.set(nameOf(one), one.commit);
  }

  async fetch(one: CarriedCommit): Promise<string> {
    this.reach(one, 'from');
    if (this.remote.get(nameOf(one)) !== one.commit) throw this.away(one, 'from', 'no branch');
    return `refs/musher/claims/${nameOf(one)}`;
  }

  async target(branch: string) {
    return { branch, commit: this.tip };
  }

  async has() {
    return this.isReachable;
  }

  private reach(one: CarriedCommit, way: string): void {
    if (!this.isReachable) throw this.away(one, way, 'no answer');
  }

  private away({ commit, story }: CarriedCommit, way: string, reason: string): MusherError {
    return musherError('CLAIM_UNREACHABLE', { commit, story, way, remote: 'origin', reason });
  }
}

function nameOf({ node, story, claim }: CarriedCommit): string {
  return `${node}/${story}.${claim}`;
}

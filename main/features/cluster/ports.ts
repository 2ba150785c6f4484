/** The cluster's outside: the shared document, its links, and this machine. */
import type {
  ClaimsSaid,
  Offer,
  StoryWork,
  Verdict,
} from '../../../preload/contract/claim-facts.ts';
import type { NodeSelf, RendezvousLink } from '../../../preload/contract/cluster-facts.ts';
import type { Peer, PeerLinks, PeerSaid } from '../../../preload/contract/peer-facts.ts';
import type { ClusterSettings } from './settings.ts';
import type { SocketLink } from '../../base/socket-link.ts';
import type { TerminalAttachment, Terminals, TerminalViewer } from '../terminals/index.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import type { Dispose } from '../../base/disposable.ts';

/** The rendezvous' own part of the shared document: what nodes read, and never write. */
export interface SharedBoard {
  /** As it was written last, also before this Musher started. */
  stories(): ReadonlyMap<string, StoryRecord>;
  /** One change of the document, whatever it holds. What is the same as before is no change. */
  write(change: { readonly put: readonly StoryRecord[]; readonly remove: readonly string[] }): void;
  /** What nodes are told beside the stories. All of it, each time. */
  tell(said: BoardSaid): void;
}

export interface BoardSaid {
  /** Stories that may be claimed. */
  readonly offers: ReadonlyMap<string, Offer>;
  /** What there is to know of those that a node has. */
  readonly work: ReadonlyMap<string, StoryWork>;
  /** By node and story, `n-1/s-12`: what became of verified claims. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Nodes that may be linked with each other, by id. */
  readonly peers: ReadonlyMap<string, Peer>;
}

/** A node that showed its key. */
export interface AdmittedNode {
  readonly id: string;
  readonly label: string;
  /** Names its process for as long as that lives; whoever comes again with the same one is the same. */
  readonly life?: string | undefined;
}

/** A WebSocket, as the shared document uses it. */
export interface SyncSocket {
  readonly readyState: number;
  send(data: unknown): void;
  close(code?: number, reason?: string): void;
  /** Ends it without a word. */
  terminate(): void;
  onFrame(listener: (frame: Uint8Array) => void): void;
  onClose(listener: (code: number, reason: string) => void): void;
}

/** The shared document where it is kept: at the rendezvous. */
export interface SharedDocument {
  readonly board: SharedBoard;
  /** From now on that node may connect, and write its own part. */
  admit(node: string): void;
  /** Its links end, and its part is no longer served. */
  lockOut(node: string): void;
  isConnected(node: string): boolean;
  /** What a node said of itself last; undefined where it said nothing yet. */
  selfOf(node: string): NodeSelf | undefined;
  /** What it claims; empty where it said nothing yet. */
  claimsOf(node: string): ClaimsSaid;
  /** Told of a node that connected, went, or wrote its part. */
  onNode(listener: (node: string) => void): Dispose;
  /** Asks it to open its way for terminals; what is asked of one that is not connected is lost. */
  callForTerminals(node: string): void;
  /** Lets a node's link in. Of two links of one node the newer counts. */
  accept(socket: SyncSocket, node: AdmittedNode): Promise<void>;
  /** Ends all links, and writes what is not written. */
  close(): Promise<void>;
}

/** The shared document as a node has it. */
export interface Replica {
  readonly url: string;
  readonly node: string;
  readonly label: string;
  link(): Pick<RendezvousLink, 'state' | 'sinceMs' | 'retryMs' | 'error'>;
  /** Milliseconds since it was linked last; undefined while it is, and before it was in this life. */
  aloneMs(): number | undefined;
  stories(): ReadonlyMap<string, StoryRecord>;
  story(id: string): StoryRecord | undefined;
  storyCount(): number;
  /** What else the rendezvous told last. */
  told(): BoardSaid;
  /** Writes its claims into its own part. */
  claim(claims: ClaimsSaid): void;
  /** Writes this node's own part: `beat` is counted here. */
  say(self: Omit<NodeSelf, 'beat'>): void;
  /** Told when the link stands otherwise, or the board is another. */
  onChange(listener: () => void): Dispose;
  /** Told when the rendezvous calls for the way for terminals. */
  onCalled(listener: () => void): Dispose;
}

/** Where a node lets its peers in. */
export interface PeersAt {
  /** Of an interface of this machine, as its peers reach it. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** PEM files, for another address than loopback. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** How a Musher is a node, where it is one. */
export interface AsNode {
  /** Where it lets its peers in. Left out: nowhere. */
  readonly peersAt?: PeersAt | undefined;
  /** Aborted when its machine is to leave. */
  readonly leaving?: AbortSignal | undefined;
}

/** Links of a node with its peers. */
export interface Peers {
  /** Where they are let in; undefined where nobody is. */
  readonly url: string | undefined;
  /** Who may be linked, and with how many of them it is to be. What is the same as before is no change. */
  follow(peers: ReadonlyMap<string, Peer>, most: number): void;
  /** To all that are linked now, and to those that will be. */
  tell(said: PeerSaid): void;
  /** What those said that are linked now. */
  heard(): ReadonlyMap<string, PeerSaid>;
  links(): PeerLinks;
  /** Told when a link begins or ends, and of what is said. */
  onChange(listener: () => void): Dispose;
}

export interface Machine {
  /** What this machine is and how busy it is, now. */
  look(): Pick<NodeSelf, 'version' | 'host' | 'platform' | 'cpus' | 'load'>;
}

/** A commit that goes from a node to its rendezvous. */
export interface CarriedCommit {
  readonly node: string;
  readonly story: string;
  readonly claim: number;
  readonly commit: string;
  /** Default: the usual one. */
  readonly remote: string | undefined;
  readonly signal: AbortSignal;
}

/** How commits go from one machine to the other: by the git remote that both reach. */
export interface ClaimCarrier {
  /** As a node: keeps the commit, and pushes it as a branch of its own. Rejects with CLAIM_UNREACHABLE. */
  publish(one: CarriedCommit): Promise<void>;
  /** As a rendezvous: brings it here, and keeps it under the ref that it returns. Rejects with CLAIM_UNREACHABLE. */
  fetch(one: CarriedCommit): Promise<string>;
  /** The newest commit of a branch; undefined where there is none yet. */
  target(branch: string): Promise<{ readonly branch: string; readonly commit: string } | undefined>;
  /** Whether a commit is here, where need be after asking the remote for that branch. Never rejects. */
  has(one: {
    readonly branch: string;
    readonly commit: string;
    readonly remote: string | undefined;
    readonly signal: AbortSignal;
  }): Promise<boolean>;
}

/** What is configured of the pipeline, as far as it says which stories this machine can work on. */
export interface WorkRoom {
  settings(): { readonly maxAgents: number; readonly profile?: string | undefined };
  /** There is such a profile, and it can be started with a story. */
  canRun(profile: string): boolean;
  onSettings(listener: () => void): Dispose;
}

export interface ClusterPorts {
  readonly carrier: ClaimCarrier;
  readonly settings: () => ClusterSettings;
  /** What agents start from. */
  readonly base: () => Promise<string>;
  readonly room: WorkRoom;
  /** Opens the shared document: asked for when the first machine is let in. Rejects when its file cannot be opened. */
  readonly share: () => Promise<SharedDocument>;
  /** Of a Musher that is a node. */
  readonly replica?: Replica | undefined;
  /** Aborted when this machine is to leave: it takes nothing new, and goes on with what it has begun. */
  readonly leaving?: AbortSignal | undefined;
  /** Of a node that has a key for them. */
  readonly peers?: Peers | undefined;
  /** Likewise: what it can show there. */
  readonly shown?: ShownTerminals | undefined;
  readonly machine: Machine;
  /** Where nodes come in by the network: a URL, once it is open. */
  readonly nodesAt: () => string | undefined;
  /** Told once the hub has started: where nodes come in. */
  readonly opened: (door: ClusterDoor) => void;
}

/** Who comes to join, as `/sync/join` has it. */
export interface JoinAsk {
  /** SHA-256 of the join token, in hexadecimal digits. */
  readonly invite: string;
  /** Of the key that the node will show. */
  readonly key: string;
  readonly label?: string | undefined;
  readonly peerKey?: string | undefined;
  readonly host: string;
  readonly platform: string;
}

/** The door of the cluster, for the broker. */
export interface ClusterDoor {
  /** Throws JOIN_TOKEN_INVALID, NODE_LIMIT. The same key joins once, however often it asks. */
  join(ask: JoinAsk): Promise<{ readonly node: string; readonly label: string }>;
  /** True when a join token with that hash waits to be used, or was used by who asks again. */
  knowsInvite(invite: string): boolean;
  /** The node of a key's hash; undefined where nobody knows it. */
  nodeOf(key: string): (AdmittedNode & { readonly isRevoked: boolean }) | undefined;
  /** Rejects when the shared document cannot be opened. */
  accept(socket: SyncSocket, node: AdmittedNode): Promise<void>;
  readonly terminals: WatchedTerminals;
}

/** As a node: what it can show, and the way there. */
export interface ShownTerminals {
  readonly terminals: Pick<Terminals, 'attach' | 'list' | 'text'>;
  /** To its rendezvous. */
  open(): SocketLink;
}

/** As a rendezvous: where the ways of nodes come in, and where they are watched. */
export interface WatchedTerminals {
  accept(link: SocketLink, node: AdmittedNode): void;
  /** `id`: as `nodeTerminalId` has it. Nothing that is written into the attachment goes anywhere. Throws STORY_NOT_AT_NODE, NODE_WATCH_LIMIT. */
  watch(id: string, viewer: TerminalViewer): TerminalAttachment;
}

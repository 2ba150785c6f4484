/**
 * The shared document where it is kept: Hocuspocus over sockets that the broker let in, with each frame looked at first. Loaded when the first machine
 * is invited, and not before: a Musher that works alone pays nothing for it.
 */
import { isDeepStrictEqual } from 'node:util';
import { Hocuspocus } from '@hocuspocus/server';
import type * as Y from 'yjs';
import type { ClaimsSaid } from '../../../preload/contract/claim-facts.ts';
import type { NodeSelf } from '../../../preload/contract/cluster-facts.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import type {
  AdmittedNode,
  BoardSaid,
  SharedDocument,
  SyncSocket,
} from '../../features/cluster/ports.ts';
import { closeCodes } from './close-codes.ts';
import { FrameCheck, frameBytes, staleBoard } from './frames.ts';
import { PartStore } from './part-store.ts';
import {
  boardName,
  mapsOf,
  type NodePart,
  nodeOfPart,
  partNameOf,
  partSchema,
  readPart,
  storiesOf,
  terminalsCall,
} from './parts.ts';

export interface RendezvousOptions {
  /** Where the document is kept. */
  readonly file: string;
  /** The log's own name: nodes of another project are not served. */
  readonly project: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The library's own, with the document that its declared type leaves out. */
type DirectConnection = Awaited<ReturnType<Hocuspocus['openDirectConnection']>>;

export async function openRendezvous(options: RendezvousOptions): Promise<SharedDocument> {
  const { log } = options;
  const store = await PartStore.open(options.file, options);
  const server = new Hocuspocus({
    quiet: true,
    // Whoever is not heard for that long is cut off; each heartbeat counts.
    timeout: 60_000,
    async onLoadDocument({ documentName, document }) {
      store.keep(documentName, document);
    },
    async onAuthenticate({ documentName, context, connectionConfig }) {
      const { id } = context as AdmittedNode;
      const isKnown = documentName === boardName || rendezvous.isAdmitted(nodeOfPart(documentName));
      if (!isKnown) throw new Error('there is no such part');
      connectionConfig.readOnly = documentName !== partNameOf(id);
    },
  });
  const board = await server.openDirectConnection(boardName);
  const rendezvous = new Rendezvous({ server, store, board, log });
  rendezvous.begin(options.project);
  return rendezvous;
}

interface Inside {
  readonly server: Hocuspocus;
  readonly store: PartStore;
  readonly board: DirectConnection;
  readonly log: Logger;
}

/** Of a WebSocket that is neither closing nor closed. */
const openState = 1;

class Rendezvous implements SharedDocument {
  private readonly inside: Inside;
  private readonly parts = new Map<string, Promise<DirectConnection>>();
  private readonly docs = new Map<string, Y.Doc>();
  /** What a part says, until it says something else: it is asked for at each look at stories. */
  private readonly said = new Map<string, NodePart | undefined>();
  private readonly sockets = new Map<string, SyncSocket>();
  /** Processes that the sockets are of. */
  private readonly lives = new Map<string, string | undefined>();
  private readonly listeners = new Set<(node: string) => void>();
  private isClosed = false;

  constructor(inside: Inside) {
    this.inside = inside;
  }

  begin(project: string): void {
    const doc = this.boardDoc();
    const meta = doc.getMap('meta');
    if (meta.get('schema') === partSchema && meta.get('project') === project) return;
    doc.transact(() => {
      meta.set('schema', partSchema);
      meta.set('project', project);
    });
  }

  get board() {
    return {
      stories: () => new Map(storiesOf(this.boardDoc()).entries()),
      write: (change: { put: readonly StoryRecord[]; remove: readonly string[] }) =>
        this.write(change),
      tell: (said: BoardSaid) => this.tellBoard(said),
    };
  }

  isAdmitted(node: string | undefined): boolean {
    return node !== undefined && this.parts.has(node);
  }

  admit(node: string): void {
    if (this.parts.has(node) || this.isClosed) return;
    const opened = this.inside.server.openDirectConnection(partNameOf(node));
    this.parts.set(node, opened);
    opened.then(
      ({ document }) => {
        if (document === null) return;
        this.docs.set(node, document);
        document.on('update', () => {
          this.said.delete(node);
          this.tell(node);
        });
        this.tell(node);
      },
      (error: unknown) =>
        this.inside.log.error(
          { node, error: reasonOf(error) },
          'the part of a node was not loaded',
        ),
    );
  }

  lockOut(node: string): void {
    this.sockets.get(node)?.close(closeCodes.lockedOut, 'locked out');
    const part = this.parts.get(node);
    this.parts.delete(node);
    this.docs.delete(node);
    this.said.delete(node);
    void part
      ?.then((one) => one.disconnect())
      .catch(() => undefined)
      .finally(() => this.isClosed || this.inside.store.drop(partNameOf(node)));
  }

  isConnected(node: string): boolean {
    return this.sockets.has(node);
  }

  selfOf(node: string): NodeSelf | undefined {
    return this.partOf(node)?.self;
  }

  claimsOf(node: string): ClaimsSaid {
    return this.partOf(node)?.claims ?? {};
  }

  private partOf(node: string): NodePart | undefined {
    const doc = this.docs.get(node);
    if (doc === undefined) return undefined;
    if (!this.said.has(node)) this.said.set(node, readPart(doc));
    return this.said.get(node);
  }

  onNode(listener: (node: string) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  callForTerminals(node: string): void {
    void this.parts
      .get(node)
      ?.then(({ document }) => document?.broadcastStateless(terminalsCall))
      .catch(() => undefined);
  }

  /** The newest link of a node counts: the one before may be dead without having said so. */
  async accept(socket: SyncSocket, node: AdmittedNode): Promise<void> {
    const { id, label } = node;
    this.admit(id);
    const early: Uint8Array[] = [];
    let handle = (frame: Uint8Array): void => void early.push(frame);
    socket.onFrame((frame) => handle(frame));
    const document = (await this.parts.get(id))?.document;
    if (this.isClosed || document == null) return socket.close(closeCodes.ending, 'ending');
    // It went while its part was loaded, and nobody would be told of its end any more.
    if (socket.readyState !== openState) return;
    this.replace(node, socket);
    const check = new FrameCheck(id, () => document);
    const client = this.inside.server.handleConnection(socket, new Request('http://sync/'), node);
    handle = (frame) => {
      const reason = refusalOf(frame, check);
      if (reason === undefined) return client.handleMessage(frame);
      this.inside.log.warn({ node: id, label, reason }, 'what a node sent was refused');
      handle = () => undefined;
      const code = reason === staleBoard ? closeCodes.staleBoard : closeCodes.refused;
      socket.close(code, reason.slice(0, 100));
    };
    socket.onClose((code, reason) => {
      client.handleClose({ code, reason });
      if (this.sockets.get(id) === socket) this.sockets.delete(id);
      this.tell(id);
    });
    this.tell(id);
    for (const frame of early) handle(frame);
  }

  /** Another process with the same key must not come again; the same one only lost its link, and must not take that for its end. */
  private replace({ id, life }: AdmittedNode, socket: SyncSocket): void {
    const former = this.sockets.get(id);
    const isSame = life !== undefined && life === this.lives.get(id);
    this.sockets.set(id, socket);
    this.lives.set(id, life);
    if (isSame) former?.terminate();
    else former?.close(closeCodes.replaced, 'replaced');
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const socket of this.sockets.values()) socket.close(closeCodes.ending, 'ending');
    const opened = await Promise.allSettled(this.parts.values());
    for (const one of opened) if (one.status === 'fulfilled') await one.value.disconnect();
    await this.inside.board.disconnect();
    this.inside.store.close();
  }

  private boardDoc(): Y.Doc {
    const { document } = this.inside.board;
    if (document === null) throw new Error('The shared document is closed');
    return document;
  }

  private write({ put, remove }: { put: readonly StoryRecord[]; remove: readonly string[] }): void {
    const doc = this.boardDoc();
    const stories = storiesOf(doc);
    doc.transact(() => {
      for (const story of put)
        if (!isDeepStrictEqual(stories.get(story.id), story)) stories.set(story.id, story);
      for (const id of remove) if (stories.has(id)) stories.delete(id);
    });
  }

  private tellBoard(said: BoardSaid): void {
    const doc = this.boardDoc();
    const maps = mapsOf(doc);
    doc.transact(() => {
      bring(maps.offers, said.offers);
      bring(maps.work, said.work);
      bring(maps.verdicts, said.verdicts);
      bring(maps.peers, said.peers);
    });
  }

  private tell(node: string): void {
    for (const listener of this.listeners) listener(node);
  }
}

/** What is the same as before is no change. */
function bring<T>(map: Y.Map<T>, now: ReadonlyMap<string, T>): void {
  for (const id of map.keys()) if (!now.has(id)) map.delete(id);
  for (const [id, value] of now) if (!isDeepStrictEqual(map.get(id), value)) map.set(id, value);
}

function refusalOf(frame: Uint8Array, check: FrameCheck): string | undefined {
  if (frame.byteLength > frameBytes) return `a frame has ${frame.byteLength} bytes`;
  return check.refusalOf(frame);
}

/** The shared document as a node has it: kept on its disk, and brought up to date whenever its rendezvous can be reached. */
import { isDeepStrictEqual } from 'node:util';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import * as Y from 'yjs';
import type { ClaimsSaid } from '../../../preload/contract/claim-facts.ts';
import type { NodeSelf, RendezvousLink } from '../../../preload/contract/cluster-facts.ts';
import { heartbeatMs } from '../../../preload/contract/cluster-facts.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Dispose } from '../../base/disposable.ts';
import type { Logger } from '../../base/logger.ts';
import type { BoardSaid, Replica } from '../../features/cluster/ports.ts';
import { secret } from '../chance.ts';
import { closeCodes } from './close-codes.ts';
import type { NodeFile } from './node-file.ts';
import { nodeSocket, unreachable } from './node-socket.ts';
import { PartStore } from './part-store.ts';
import { boardName, mapsOf, partNameOf, partSchema, storiesOf, terminalsCall } from './parts.ts';

export interface ReplicaOptions {
  readonly file: string;
  readonly self: NodeFile;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface OpenReplica extends Replica {
  /** The board as bytes, for who holds two of them against each other. */
  encoded(): Uint8Array;
  /** What was said and not sent is sent after the next start. */
  close(): Promise<void>;
}

/** Between tries to connect, milliseconds: doubled each time, and drawn between the least and that. */
const backOff = { delay: 1_000, factor: 2, minDelay: 500, maxDelay: 30_000, jitter: true };

/** What was said last may take so long to be heard before the link ends, milliseconds. */
const lastWordMs = 1_000;

type Link = Pick<RendezvousLink, 'state' | 'sinceMs' | 'error'>;

export async function openReplica(options: ReplicaOptions): Promise<OpenReplica> {
  return new SharedReplica(options, await PartStore.open(options.file, options));
}

class SharedReplica implements OpenReplica {
  readonly url: string;
  readonly node: string;
  readonly label: string;
  private readonly options: ReplicaOptions;
  private readonly store: PartStore;
  private readonly socket: HocuspocusProviderWebsocket;
  private readonly listeners = new Set<() => void>();
  private readonly callListeners = new Set<() => void>();
  private readonly part = new Y.Doc();
  private readonly partProvider: HocuspocusProvider;
  private board: Board;
  private standing: Link;
  /** When it was linked last, by the clock that nobody sets; undefined while it is, and before it was. */
  private lostAt: number | undefined;

  constructor(options: ReplicaOptions, store: PartStore) {
    const { self, clock } = options;
    this.options = options;
    this.store = store;
    this.url = self.url;
    this.node = self.node;
    this.label = self.label;
    this.standing = { state: 'connecting', sinceMs: clock.now() };
    this.socket = new HocuspocusProviderWebsocket({
      ...backOff,
      autoConnect: false,
      url: `${self.url.replace(/^http/, 'ws')}/sync`,
      messageReconnectTimeout: 3 * heartbeatMs,
      WebSocketPolyfill: nodeSocket({ ...self, life: secret(16) }, ({ error, isFinal }) =>
        this.lost(error, isFinal),
      ),
      onClose: ({ event }) => this.closed(event),
    });
    store.keep(partNameOf(self.node), this.part);
    this.partProvider = this.provide(partNameOf(self.node), this.part);
    this.partProvider.on('stateless', ({ payload }: { payload: string }) => {
      if (payload === terminalsCall) for (const listener of this.callListeners) listener();
    });
    this.board = this.openBoard();
    void this.socket.connect();
  }

  link(): Link {
    return this.standing;
  }

  aloneMs(): number | undefined {
    return this.lostAt === undefined ? undefined : this.options.clock.elapsed() - this.lostAt;
  }

  stories(): ReadonlyMap<string, StoryRecord> {
    return new Map(storiesOf(this.board.doc).entries());
  }

  storyCount(): number {
    return storiesOf(this.board.doc).size;
  }

  story(id: string): StoryRecord | undefined {
    return storiesOf(this.board.doc).get(id);
  }

  told(): BoardSaid {
    const { offers, work, verdicts, peers } = mapsOf(this.board.doc);
    const entries = <T>(map: Y.Map<T>) => new Map(map.entries());
    return {
      ...{ offers: entries(offers), work: entries(work) },
      ...{ verdicts: entries(verdicts), peers: entries(peers) },
    };
  }

  encoded(): Uint8Array {
    return Y.encodeStateAsUpdate(this.board.doc);
  }

  say(said: Omit<NodeSelf, 'beat'>): void {
    const map = this.part.getMap('part');
    const before = map.get('self') as NodeSelf | undefined;
    this.part.transact(() => {
      if (map.get('schema') !== partSchema) map.set('schema', partSchema);
      map.set('self', { ...said, beat: (before?.beat ?? 0) + 1 } satisfies NodeSelf);
    });
  }

  claim(claims: ClaimsSaid): void {
    const map = this.part.getMap('part');
    if (isDeepStrictEqual(map.get('claims') ?? {}, claims)) return;
    this.part.transact(() => {
      if (map.get('schema') !== partSchema) map.set('schema', partSchema);
      map.set('claims', claims);
    });
  }

  onChange(listener: () => void): Dispose {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  onCalled(listener: () => void): Dispose {
    this.callListeners.add(listener);
    return () => void this.callListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.listeners.clear();
    this.callListeners.clear();
    await this.sent();
    this.board.close();
    this.partProvider.destroy();
    this.socket.destroy();
    this.store.close();
  }

  /** What was said last is heard, where somebody is there to hear it. */
  private async sent(): Promise<void> {
    const provider = this.partProvider;
    if (this.standing.state !== 'connected' || !provider.hasUnsyncedChanges) return;
    const stop = new AbortController();
    const isSent = new Promise<void>((resolve) => {
      provider.on('unsyncedChanges', ({ number }: { number: number }) => number === 0 && resolve());
    });
    await Promise.race([isSent, sleep(this.options.clock, lastWordMs, stop.signal)]);
    stop.abort();
  }

  private provide(name: string, document: Y.Doc, onSynced?: () => void): HocuspocusProvider {
    const provider = new HocuspocusProvider({
      ...{ websocketProvider: this.socket, token: this.node, awareness: null, name, document },
      ...(onSynced !== undefined && {
        onSynced: ({ state }: { state: boolean }) => state && onSynced(),
      }),
    });
    provider.attach();
    return provider;
  }

  private openBoard(): Board {
    const doc = new Y.Doc();
    const leave = this.store.keep(boardName, doc);
    doc.on('update', () => this.tell());
    const provider = this.provide(boardName, doc, () => this.stand('connected'));
    return {
      doc,
      close: () => {
        // Its farewell would wait for the next link, and end there what came in its place.
        this.socket.configuration.providerMap.delete(boardName);
        provider.destroy();
        void leave();
        doc.destroy();
      },
    };
  }

  private closed({ code = 0, reason = '' }: { code?: number; reason?: string }): void {
    if (code === closeCodes.staleBoard) this.renewBoard();
    const said = reason === '' ? `the link was closed (${code})` : `it said "${reason}"`;
    const final = this.finalError(code, reason);
    // One that never came about has said why already.
    if (final === undefined && this.standing.state === 'offline') return;
    this.lost(final ?? unreachable(this.url, said), final !== undefined);
  }

  private finalError(code: number, reason: string): WireError | undefined {
    const { label, node } = this;
    if (code === closeCodes.lockedOut) return toWireError('NODE_REVOKED', { label });
    if (code === closeCodes.replaced) return toWireError('NODE_REPLACED', { label });
    if (code === closeCodes.refused) return toWireError('SYNC_REFUSED', { label, node, reason });
    return undefined;
  }

  /** Begun anew, from what the rendezvous has. */
  private renewBoard(): void {
    this.options.log.warn({ url: this.url }, 'the copy of the board is begun anew');
    this.board.close();
    this.store.drop(boardName);
    this.board = this.openBoard();
    this.tell();
  }

  private lost(error: WireError, isFinal: boolean): void {
    this.stand(isFinal ? 'refused' : 'offline', error);
    if (isFinal) this.socket.disconnect();
  }

  /** Refused is the end: whoever lets it in again says so by a new join. */
  private stand(state: Link['state'], error?: WireError): void {
    const { state: before, error: former } = this.standing;
    if (before === 'refused' || (before === state && former?.code === error?.code)) return;
    const { clock, log } = this.options;
    if (state === 'connected') this.lostAt = undefined;
    else if (before === 'connected') this.lostAt = clock.elapsed();
    this.standing = { state, sinceMs: clock.now(), ...(error !== undefined && { error }) };
    log.info({ url: this.url, state, code: error?.code }, 'the link to the rendezvous');
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

interface Board {
  readonly doc: Y.Doc;
  close(): void;
}

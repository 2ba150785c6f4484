/**
 * The page's half of preload/contract/bridge.ts, over any channel. It hides every reconnect: requests are sent
 * again, terminals attached again, and records resume after what the page holds already.
 */
import { bridgeProtocolVersion } from '../../preload/contract/bridge-version.ts';
import type { OpenProject, ServerFrame } from '../../preload/contract/bridge.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import {
  type Delta,
  joinParts,
  type LiveChange,
  type Snapshot,
} from '../../preload/contract/sync.ts';
import type { Bridge, BridgeListener, ConnectionStatus } from './bridge.ts';
import { BridgeRequests } from './bridge-requests.ts';
import { BridgeTerminals } from './bridge-terminals.ts';
import { chanceBytes } from './chance.ts';
import { pageClock } from './channel.ts';
import type { ClientChannel, PageClock } from './channel.ts';

export interface BridgeClientOptions {
  readonly clock?: Pick<PageClock, 'now'>;
  /** Names a command, so that it can be sent again. */
  readonly newCommandId?: () => string;
}

/** Connects at once. Who subscribes in the same turn of the loop misses nothing. */
export function createBridgeClient(
  channel: ClientChannel,
  options: BridgeClientOptions = {},
): Bridge {
  const { clock = pageClock, newCommandId = randomCommandId } = options;
  const client = new BridgeClient(channel, clock);
  client.connect();
  return {
    dispatch: (type, data, { id = newCommandId() } = {}) =>
      client.requests.ask({ k: 'command', command: { id, type, data } }) as never,
    query: (type, data, signal) => client.requests.ask({ k: 'query', type, data }, signal) as never,
    subscribe: (listener) => client.subscribe(listener),
    openTerminal: (...shown) => client.terminals.open(...shown),
    close: () => client.close(),
  };
}

class BridgeClient {
  readonly requests: BridgeRequests;
  readonly terminals: BridgeTerminals;
  private readonly channel: ClientChannel;
  private readonly clock: Pick<PageClock, 'now'>;
  private readonly listeners = new Set<BridgeListener>();
  private status: ConnectionStatus;
  /** What the page holds, and of which log; 0 before the first snapshot. */
  private seq = 0;
  private logId: string | undefined;
  private isAwaitingSnapshot = false;
  /** Of a snapshot that is not whole yet. */
  private parts: Snapshot[] = [];

  constructor(channel: ClientChannel, clock: Pick<PageClock, 'now'>) {
    this.channel = channel;
    this.clock = clock;
    this.status = { state: 'connecting', sinceMs: clock.now() };
    this.requests = new BridgeRequests((frame) => channel.send(frame));
    this.terminals = new BridgeTerminals((frame) => channel.send(frame));
  }

  connect(): void {
    this.channel.connect({
      onOpen: () => this.greet(),
      onFrame: (frame) => this.receive(frame),
      onClose: () => this.lose(),
    });
  }

  subscribe(listener: BridgeListener): () => void {
    this.listeners.add(listener);
    listener.onStatus?.(this.status);
    if (listener.onSnapshot !== undefined && this.status.state === 'live') this.resync();
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.finish(
      toWireError('HUB_UNREACHABLE', { url: 'this address (the connection was closed)' }),
    );
  }

  private greet(): void {
    this.isAwaitingSnapshot = false;
    this.parts = [];
    const held = this.logId === undefined ? {} : { logId: this.logId };
    this.channel.send({ k: 'hello', protocol: bridgeProtocolVersion, ...held, sinceSeq: this.seq });
  }

  private receive(frame: ServerFrame): void {
    if (frame.k === 'welcome') this.goLive(frame);
    else if (frame.k === 'snapshot') this.takeSnapshot(frame.snapshot);
    else if (frame.k === 'delta') this.takeDelta(frame.delta);
    else if (frame.k === 'live') this.takeLive(frame.live);
    else if (frame.k === 'projects') this.takeProjects(frame.projects);
    else if (frame.k === 'bye') this.finish(frame.error);
    else if (frame.k === 'receipt' || frame.k === 'answer' || frame.k === 'error') {
      this.requests.settle(frame);
    } else this.terminals.receive(frame);
  }

  private goLive({ logId, version }: Extract<ServerFrame, { k: 'welcome' }>): void {
    this.logId = logId;
    this.requests.goLive();
    this.terminals.goLive();
    this.setStatus('live', { version });
  }

  /** Also one that is older than what the page holds: the hub may have been set back to a backup. */
  private takeSnapshot(part: Snapshot): void {
    // Parts of one that was begun before may still have been on their way.
    if (part.part === undefined || part.part === 0) this.parts = [];
    this.parts.push(part);
    if (part.more) return;
    const snapshot = joinParts(this.parts);
    this.parts = [];
    this.seq = snapshot.seq;
    this.isAwaitingSnapshot = false;
    for (const listener of this.listeners) listener.onSnapshot?.(snapshot);
  }

  private takeDelta(delta: Delta): void {
    if (this.isAwaitingSnapshot || delta.toSeq <= this.seq) return;
    if (delta.fromSeq > this.seq) {
      this.resync();
      return;
    }
    this.seq = delta.toSeq;
    for (const listener of this.listeners) listener.onDelta?.(delta);
  }

  private takeLive(change: LiveChange): void {
    for (const listener of this.listeners) listener.onLive?.(change);
  }

  private takeProjects(projects: readonly OpenProject[]): void {
    for (const listener of this.listeners) listener.onProjects?.(projects);
  }

  private resync(): void {
    this.isAwaitingSnapshot = true;
    this.parts = [];
    this.channel.send({ k: 'resync' });
  }

  private lose(): void {
    this.requests.lose();
    this.terminals.lose();
    if (this.status.state === 'reconnecting') return;
    this.setStatus('reconnecting');
  }

  private finish(error: WireError): void {
    this.channel.close();
    this.requests.finish(error);
    this.terminals.finish(error);
    this.setStatus(error.code === 'UNAUTHENTICATED' ? 'signedOut' : 'ended', { error });
  }

  private setStatus(
    state: ConnectionStatus['state'],
    more: Pick<ConnectionStatus, 'error' | 'version'> = {},
  ): void {
    this.status = { state, sinceMs: this.clock.now(), ...more };
    for (const listener of this.listeners) listener.onStatus?.(this.status);
  }
}

/** `crypto.randomUUID` is missing on a page that came over plain HTTP from another machine. */
function randomCommandId(): string {
  const bytes = chanceBytes(16);
  return `page-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

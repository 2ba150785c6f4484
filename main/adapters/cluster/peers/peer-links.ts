/** Links of a node with its peers: made, kept alive, made again, and ended with the node. What is said over them is checked before anybody hears it. */
import { isDeepStrictEqual } from 'node:util';
import WebSocket from 'ws';
import { heartbeatMs } from '../../../../preload/contract/cluster-facts.ts';
import {
  meshPeers,
  type Peer,
  type PeerLinks,
  type PeerSaid,
} from '../../../../preload/contract/peer-facts.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Dispose } from '../../../base/disposable.ts';
import type { Logger } from '../../../base/logger.ts';
import { reasonOf } from '../../../base/result.ts';
import type { Peers, PeersAt } from '../../../features/cluster/ports.ts';
import { random } from '../../chance.ts';
import { dialsOf, restMs, staysNew } from './choose.ts';
import { openPeerDoor, type PeerDoor } from './peer-door.ts';
import { closeCodes, PeerLink, type PeerLinkParts } from './peer-link.ts';
import { peerBytes, peerPath, type Speaker, Talk } from './talk.ts';

export interface PeerOptions {
  readonly self: Speaker;
  /** Left out: nobody is let in, and links are those that this node asks for. */
  readonly at?: PeersAt | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface OpenPeers extends Peers {
  close(): Promise<void>;
}

/** Throws PEERS_AT_INVALID. */
export async function openPeers(options: PeerOptions): Promise<OpenPeers> {
  const links = new Links(options);
  if (options.at !== undefined)
    links.opened(await openPeerDoor(options.at, (socket) => links.letIn(socket)));
  return links;
}

/** One that was asked: how often, and what ends its rest; without that it is being asked. */
interface Asked {
  readonly tries: number;
  readonly cancel?: () => void;
}

const openMs = 10_000;
/** Tries that one without room for a link counts for. */
const fullTries = 5;

class Links implements OpenPeers {
  private readonly options: PeerOptions;
  private readonly open = new Map<string, PeerLink>();
  private readonly asked = new Map<string, Asked>();
  private readonly dialing = new Set<WebSocket>();
  private readonly listeners = new Set<() => void>();
  private peers: ReadonlyMap<string, Peer> = new Map();
  private most = 0;
  private said = '';
  private door: PeerDoor | undefined;
  private cancelBeat: () => void;
  private isClosed = false;

  constructor(options: PeerOptions) {
    this.options = options;
    this.cancelBeat = options.clock.schedule(() => this.beat(), heartbeatMs);
  }

  opened(door: PeerDoor): void {
    this.door = door;
  }

  get url(): string | undefined {
    return this.door?.url;
  }

  follow(peers: ReadonlyMap<string, Peer>, most: number): void {
    if (this.isClosed || (this.most === most && isDeepStrictEqual(this.peers, peers))) return;
    const isSame = (id: string, former: Peer | undefined) =>
      isDeepStrictEqual(peers.get(id), former);
    for (const [id, link] of this.open)
      if (peers.get(id)?.key !== this.peers.get(id)?.key) link.close('unknown');
    for (const link of [...this.open.values()].slice(most)) link.close('full');
    // Who moved is asked at once where it is now.
    for (const [id, { cancel }] of this.asked)
      if (cancel !== undefined && !isSame(id, this.peers.get(id))) this.endRest(id);
    this.peers = peers;
    this.most = most;
    this.arrange();
  }

  tell(said: PeerSaid): void {
    const text = JSON.stringify(said);
    if (text === this.said) return;
    this.said = text;
    for (const link of this.open.values()) link.say(text);
  }

  heard(): ReadonlyMap<string, PeerSaid> {
    return new Map([...this.open].flatMap(([id, { said }]) => (said ? [[id, said]] : [])));
  }

  links(): PeerLinks {
    const away = [...this.asked.keys()].filter((id) => !this.open.has(id));
    const stand = (ids: Iterable<string>, state: PeerLinks[string]) =>
      [...ids].slice(0, meshPeers.most).map((id) => [id, state] as const);
    return Object.fromEntries([...stand(away, 'away'), ...stand(this.open.keys(), 'linked')]);
  }

  onChange(listener: () => void): Dispose {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.listeners.clear();
    this.cancelBeat();
    for (const id of this.asked.keys()) this.endRest(id);
    for (const socket of this.dialing) socket.terminate();
    for (const link of this.open.values()) link.close('ending');
    await this.door?.close();
    for (const link of this.open.values()) link.terminate();
  }

  /** A socket that came by the door. */
  letIn(socket: WebSocket): void {
    const { self, clock, log } = this.options;
    socket.on('error', (error) => log.debug({ reason: reasonOf(error) }, 'a link failed'));
    const talk = new Talk(socket, clock);
    const keyOf = (id: string) => (id === self.node ? undefined : this.peers.get(id)?.key);
    talk.welcome(self, keyOf).then(
      ({ node, key }) => this.adopt(node, { key, talk, socket, isDialed: false }),
      (error: unknown) => {
        log.warn({ reason: reasonOf(error) }, 'a peer was refused');
        socket.close(closeCodes.unknown, 'unknown');
      },
    );
  }

  private arrange(): void {
    if (this.isClosed) return;
    const resting = new Set(this.asked.keys());
    for (const id of dialsOf({ ...this.choosing(), resting })) void this.ask(id);
  }

  private async ask(id: string, tries = 1): Promise<void> {
    const { url, key = '' } = this.peers.get(id) ?? {};
    if (url === undefined || this.isClosed) return void this.asked.delete(id);
    this.asked.set(id, { tries });
    const { self, clock } = this.options;
    const bounds = { maxPayload: peerBytes, handshakeTimeout: openMs, perMessageDeflate: false };
    let socket: WebSocket;
    try {
      socket = new WebSocket(`${url}${peerPath}`, bounds);
    } catch (error) {
      // A peer says itself where it is: it may be no address at all.
      this.rest(id, tries, reasonOf(error));
      return;
    }
    let failure: string | undefined;
    socket.on('error', (error) => {
      failure = reasonOf(error);
    });
    this.dialing.add(socket);
    const talk = new Talk(socket, clock);
    try {
      await talk.greet(self, id, key);
      this.adopt(id, { key, talk, socket, isDialed: true });
    } catch (error) {
      socket.terminate();
      this.rest(id, tries, failure ?? reasonOf(error));
    } finally {
      this.dialing.delete(socket);
    }
  }

  /** It is asked again later; meanwhile another may be. */
  private rest(id: string, tries: number, reason: string): void {
    if (this.isClosed) return;
    const { clock, log } = this.options;
    if (tries === 1) log.info({ peer: id, reason }, 'a peer cannot be reached');
    const again = (): void => {
      const free = dialsOf({ ...this.choosing(), resting: new Set() });
      if (free.includes(id)) void this.ask(id, tries + 1);
      else this.asked.delete(id);
    };
    const cancel = clock.schedule(again, restMs(tries, random));
    this.asked.set(id, { tries, cancel });
    this.changed();
    this.arrange();
  }

  private endRest(id: string): void {
    this.asked.get(id)?.cancel?.();
    this.asked.delete(id);
  }

  private adopt(peer: string, met: Omit<PeerLinkParts, 'peer' | 'clock' | 'log'>): void {
    const { clock, log } = this.options;
    const former = this.open.get(peer);
    const link = new PeerLink({ ...met, peer, clock, log });
    const refusal = this.refusalOf(peer, link, former);
    if (refusal !== undefined) {
      link.close(refusal);
      if (refusal === 'full' && link.isDialed) this.rest(peer, fullTries, 'there are enough links');
      return;
    }
    if (met.socket.readyState !== WebSocket.OPEN) {
      this.rest(peer, 1, 'it ended at once');
      return;
    }
    this.endRest(peer);
    this.open.set(peer, link);
    former?.close('double');
    link.begin({
      change: () => this.open.get(peer) === link && this.changed(),
      end: (code) => this.gone(peer, link, code),
    });
    if (this.said !== '') link.say(this.said);
    log.info({ peer }, 'a peer is linked');
    this.changed();
  }

  private refusalOf(peer: string, link: PeerLink, former: PeerLink | undefined) {
    if (this.isClosed) return 'ending';
    // It may have been locked out, or be another by now.
    if (this.peers.get(peer)?.key !== link.key) return 'unknown';
    if (former === undefined) return this.open.size >= this.most ? 'full' : undefined;
    const asked = { before: former.isDialed, now: link.isDialed };
    return staysNew(this.options.self.node, peer, asked) ? undefined : 'double';
  }

  private gone(peer: string, link: PeerLink, code: number): void {
    if (this.open.get(peer) !== link) return;
    this.open.delete(peer);
    this.options.log.info({ peer, code }, 'a peer is gone');
    const isSlow = code === closeCodes.full || code === closeCodes.refused;
    if (link.isDialed) this.rest(peer, isSlow ? fullTries : 1, `the link ended (${code})`);
    this.changed();
    this.arrange();
  }

  private beat(): void {
    for (const link of this.open.values()) link.beat();
    this.cancelBeat = this.options.clock.schedule(() => this.beat(), heartbeatMs);
  }

  private choosing() {
    const { peers, most, open: linked } = this;
    return { self: this.options.self.node, peers, most, linked };
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

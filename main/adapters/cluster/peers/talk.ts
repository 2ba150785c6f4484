/** What two peers say to each other: each proves first that it is who the board says, then both tell what they claim. Texts of JSON over one WebSocket. */
import { isIP } from 'node:net';
import type WebSocket from 'ws';
import { z } from 'zod';
import type { Clock } from '../../../base/clock.ts';
import { sleep } from '../../../base/clock.ts';
import { secret } from '../../chance.ts';
import { isSignedBy, type PeerPair, signAs } from './peer-key.ts';

export const peerPath = '/peer';
/** Of one text: a hundred claims with their reasons. */
export const peerBytes = 256 * 1024;
/** All of the beginning, milliseconds. */
const beginMs = 10_000;
const version = 'musher-peer/1';
/** Texts that may come before somebody listens: a proof, and what is said with it. Who sends more has proved nothing, and floods. */
const mostEarly = 8;

const proof = z.string().max(120);
const nonce = z.string().min(16).max(64);
const greeting = z.strictObject({ speaks: z.literal(version), node: z.string().max(20), nonce });
const answer = z.strictObject({ node: z.string().max(20), nonce, proof });
const welcome = z.strictObject({ proof });

/** Who speaks, and in which project: a proof for one is none for another. */
export interface Speaker {
  readonly node: string;
  readonly project: string;
  readonly pair: PeerPair;
}

/** Texts in the order in which they came, also those that came before anybody listened. */
export class Talk {
  private readonly socket: WebSocket;
  private readonly clock: Clock;
  private readonly early: string[] = [];
  private listener = (text: string): void => this.keep(text);

  constructor(socket: WebSocket, clock: Clock) {
    this.socket = socket;
    this.clock = clock;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) socket.close(1003, 'texts alone');
      else this.listener(data.toString('utf8'));
    });
  }

  private keep(text: string): void {
    if (this.early.length < mostEarly) this.early.push(text);
    else this.socket.terminate();
  }

  /** From now on each as it comes. */
  onText(listener: (text: string) => void): void {
    this.listener = listener;
    for (const text of this.early.splice(0)) listener(text);
  }

  say(what: object): void {
    this.socket.send(JSON.stringify(what));
  }

  /** Throws where it is not that, or nothing in time. */
  private async next<T>(schema: z.ZodType<T>): Promise<T> {
    const stop = new AbortController();
    const text = await Promise.race([
      this.nextText(stop.signal),
      sleep(this.clock, beginMs, stop.signal).then(() => undefined),
    ]).finally(() => stop.abort());
    if (text === undefined) throw new Error('nothing was heard in time');
    const parsed = schema.safeParse(parse(text));
    if (!parsed.success) throw new Error('it does not speak as a peer does');
    return parsed.data;
  }

  private nextText(signal: AbortSignal): Promise<string | undefined> {
    const waiting = this.early.shift();
    if (waiting !== undefined) return Promise.resolve(waiting);
    return new Promise((resolve) => {
      const end = (text: string | undefined): void => {
        this.listener = (later) => this.keep(later);
        this.socket.off('close', gone);
        resolve(text);
      };
      const gone = (): void => end(undefined);
      this.listener = end;
      this.socket.on('close', gone);
      signal.addEventListener('abort', gone, { once: true });
    });
  }

  /** As who was asked: returns who asks, and by which key it is that. `keyOf`: of a node that may be a peer. */
  async welcome(
    self: Speaker,
    keyOf: (node: string) => string | undefined,
  ): Promise<{ readonly node: string; readonly key: string }> {
    const mine = secret(24);
    this.say({ speaks: version, node: self.node, nonce: mine });
    const said = await this.next(answer);
    const key = keyOf(said.node);
    const of = { project: self.project, asks: said.node, asked: self.node };
    const text = textOf({ ...of, first: mine, second: said.nonce });
    if (key === undefined) throw new Error(`${said.node} is no node that the board knows`);
    if (!isSignedBy(key, `asks ${text}`, said.proof))
      throw new Error(`it could not prove that it is ${said.node}`);
    this.say({ proof: signAs(self.pair, `asked ${text}`) });
    return { node: said.node, key };
  }

  /** As who asks `peer`. */
  async greet(self: Speaker, peer: string, key: string): Promise<void> {
    const said = await this.next(greeting);
    if (said.node !== peer) throw new Error(`${said.node} answers there, and not ${peer}`);
    const mine = secret(24);
    const of = { project: self.project, asks: self.node, asked: peer };
    const text = textOf({ ...of, first: said.nonce, second: mine });
    this.say({ node: self.node, nonce: mine, proof: signAs(self.pair, `asks ${text}`) });
    const { proof: theirs } = await this.next(welcome);
    if (!isSignedBy(key, `asked ${text}`, theirs))
      throw new Error(`it could not prove that it is ${peer}`);
  }
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Said {
  readonly project: string;
  readonly asks: string;
  readonly asked: string;
  readonly first: string;
  readonly second: string;
}

function textOf({ project, asks, asked, first, second }: Said): string {
  return [version, project, asks, asked, first, second].join('\n');
}

/** As an address is written in a URL. */
export function hostIn(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

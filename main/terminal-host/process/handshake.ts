/**
 * How hub and terminal host know each other: both have read one key in the user's own folder, and each proves it over
 * the other's random number, so that neither a stranger's hub gets a terminal nor a stranger's host an environment,
 * and the key itself never travels.
 *
 *   hub  -> {musher, protocol, nonce}
 *   host -> {musher, protocol, version, hostId, pid, nonce, proof}
 *   hub  -> {proof}
 *   host -> {welcome}                     and from here on the hub asks
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Wire } from './wire.ts';

/** Changes when one side could misunderstand the other. */
export const protocol = 1;
/** For one answer of the peer, milliseconds. */
export const handshakeMs = 5_000;

const speaker = 'terminal-host';

export interface HostInfo {
  readonly protocol: number;
  /** Of the Musher that it was started by. */
  readonly version: string;
  /** New with each host, but for one that took over: all marks begin with it. */
  readonly hostId: string;
  readonly pid: number;
  /** It can give its terminals to a newer one. Left out by hosts that cannot. */
  readonly givesOver?: boolean | undefined;
  /** The file that it runs from. Left out by hosts that do not tell. */
  readonly program?: string | undefined;
}

interface HostHello extends HostInfo {
  readonly musher: string;
  readonly nonce: string;
  readonly proof: string;
}

/** What the hub learns of its peer: who it is, that it is a stranger, nothing in time, or that it is just going. */
export type Greeting =
  | { readonly kind: 'host'; readonly info: HostInfo }
  | { readonly kind: 'foreign' | 'silent' | 'gone' };

export interface HandshakeOptions {
  readonly key: string;
  readonly clock: Clock;
}

export async function greet(wire: Wire, { key, clock }: HandshakeOptions): Promise<Greeting> {
  const nonce = newNonce();
  wire.send({ musher: speaker, protocol, nonce });
  const frame = await wire.next(clock, handshakeMs);
  if (frame === undefined) return { kind: whyNoWord(wire) };
  const hello = frame.head as Partial<HostHello>;
  const said = [hello.version, hello.hostId, hello.nonce, hello.proof];
  const isWhole =
    hello.musher === speaker &&
    typeof hello.protocol === 'number' &&
    typeof hello.pid === 'number' &&
    said.every((part) => typeof part === 'string');
  const { version = '', hostId = '', nonce: theirs = '', proof = '', pid = 0 } = hello;
  const givesOver = hello.givesOver === true;
  const program = typeof hello.program === 'string' ? hello.program : undefined;
  if (!isWhole || !isSame(proof, prove(key, `host ${nonce} ${theirs}`))) return { kind: 'foreign' };
  wire.trust();
  wire.send({ proof: prove(key, `hub ${theirs} ${nonce}`) });
  const answer = (await wire.next(clock, handshakeMs))?.head as { welcome?: unknown } | undefined;
  if (answer?.welcome !== true) return { kind: whyNoWord(wire) };
  const info = { protocol: hello.protocol ?? 0, version, hostId, pid, givesOver, program };
  return { kind: 'host', info };
}

function whyNoWord(wire: Wire): Exclude<Greeting['kind'], 'host'> {
  if (wire.isGarbled) return 'foreign';
  return wire.isOpen ? 'silent' : 'gone';
}

/** False: the peer is no hub of this user, and is to be let go. */
export async function welcome(
  wire: Wire,
  { key, clock, info }: HandshakeOptions & { readonly info: HostInfo },
): Promise<boolean> {
  const hello = (await wire.next(clock, handshakeMs))?.head as Partial<HostHello> | undefined;
  if (hello?.musher !== speaker || typeof hello.nonce !== 'string') return false;
  const nonce = newNonce();
  const proof = prove(key, `host ${hello.nonce} ${nonce}`);
  wire.send({ musher: speaker, ...info, nonce, proof });
  const answer = (await wire.next(clock, handshakeMs))?.head as { proof?: unknown } | undefined;
  const expected = prove(key, `hub ${nonce} ${hello.nonce}`);
  if (typeof answer?.proof !== 'string' || !isSame(answer.proof, expected)) return false;
  wire.trust();
  wire.send({ welcome: true });
  return true;
}

function newNonce(): string {
  return randomBytes(16).toString('hex');
}

function prove(key: string, words: string): string {
  return createHmac('sha256', key).update(words).digest('hex');
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

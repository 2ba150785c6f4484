/** Asks a rendezvous to let this machine join. */
import { createHash } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import os from 'node:os';
import { z } from 'zod';
import { syncProtocol } from '../../../preload/contract/cluster-facts.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { wireErrorSchema } from '../../../preload/contract/wire-error.ts';
import { MusherError, musherError } from '../../base/result.ts';
import { secret } from '../chance.ts';
import type { NodeFile } from './node-file.ts';
import { newPeerPair } from './peers/peer-key.ts';
import { codeOf, saidBy } from './unreachable.ts';

/** An answer comes within this, milliseconds. */
const joinMs = 20_000;
const answerBytes = 64 * 1024;

const answerSchema = z.object({ node: z.string(), label: z.string(), project: z.string() });

export interface JoinWish {
  /** Of the rendezvous. */
  readonly url: string;
  readonly token: string;
  readonly label?: string | undefined;
}

/**
 * The key is made here and never leaves this machine; a token whose answer was lost is used up by it, and must be made anew. Throws
 * RENDEZVOUS_INVALID, RENDEZVOUS_UNREACHABLE, RENDEZVOUS_UNTRUSTED, and what the rendezvous refuses with.
 */
export async function joinRendezvous({ url, token, label }: JoinWish): Promise<NodeFile> {
  const base = requireAddress(url);
  const key = `mn1.${secret(32)}`;
  const peer = newPeerPair();
  const answer = await post(`${base}/sync/join`, {
    ...{ protocol: syncProtocol, token },
    key: createHash('sha256').update(key).digest('hex'),
    ...{ peerKey: peer.key, ...(label !== undefined && { label }) },
    ...{ host: os.hostname(), platform: `${process.platform}-${process.arch}` },
  });
  const joined = answerSchema.safeParse(answer);
  if (!joined.success) throw unreachable(base, 'what it answers is nothing that Musher says');
  return { ...joined.data, url: base, key, peer };
}

/** Without a slash at its end. Plain http goes no further than this machine: anybody on the way could read the key. */
function requireAddress(url: string): string {
  if (!URL.canParse(url)) throw invalid(url, 'it is no URL');
  const { protocol, hostname, origin, pathname, search } = new URL(url);
  const isHere = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(hostname);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw invalid(url, `it begins with ${protocol}`);
  if (protocol === 'http:' && !isHere)
    throw invalid(
      url,
      'http to another machine can be read on the way; use an SSH tunnel, or https',
    );
  if (pathname !== '/' || search !== '') throw invalid(url, 'it must end after the port');
  return origin;
}

function invalid(url: string, reason: string): MusherError {
  return musherError('RENDEZVOUS_INVALID', { url, reason });
}

function unreachable(url: string, reason: unknown): MusherError {
  return musherError(codeOf(reason), { url, reason: saidBy(reason) }, reason);
}

async function post(address: string, data: object): Promise<unknown> {
  const { status, text } = await send(address, JSON.stringify(data));
  const body = parsed(text);
  if (status === 200) return body;
  const said = wireErrorSchema.safeParse((body as { error?: unknown } | undefined)?.error);
  if (said.success) throw new MusherError(said.data as WireError);
  throw unreachable(new URL(address).origin, `it answered with status ${status}`);
}

function send(address: string, body: string): Promise<{ status: number; text: string }> {
  const request = address.startsWith('https:') ? requestHttps : requestHttp;
  const signal = AbortSignal.timeout(joinMs);
  const headers = { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(unreachable(new URL(address).origin, error));
    const asked = request(address, { method: 'POST', headers, agent: false, signal }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.length > answerBytes) answer.destroy(new Error('it answers without end'));
      });
      answer.on('error', fail);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', fail).end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

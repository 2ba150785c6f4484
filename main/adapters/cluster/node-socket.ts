/** The socket of a node: it shows its key, and hears why it was refused. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import { syncProtocol } from '../../../preload/contract/cluster-facts.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { wireErrorSchema } from '../../../preload/contract/wire-error.ts';
import type { NodeFile } from './node-file.ts';
import { codeOf, saidBy } from './unreachable.ts';

/** Of one frame from the rendezvous: the board of ten thousand stories is some 10 MB. */
const frameBytes = 256 * 1024 * 1024;
const refusalBytes = 16 * 1024;
const handshakeMs = 10_000;
/** Asking again leads to the same: locked out, or another protocol. Who is not known may be once its project is opened there. */
const finalStatus: ReadonlySet<number> = new Set([403, 426]);

export interface Refusal {
  readonly error: WireError;
  readonly isFinal: boolean;
}

/** A class, as the library makes one for each try. */
export function nodeSocket(
  { url, key, life }: NodeFile & { readonly life: string },
  onRefused: (refusal: Refusal) => void,
): new (
  address: string,
) => WebSocket {
  return class extends WebSocket {
    constructor(address: string) {
      super(address, {
        headers: {
          authorization: `Bearer ${key}`,
          'x-musher-sync': String(syncProtocol),
          'x-musher-life': life,
        },
        maxPayload: frameBytes,
        handshakeTimeout: handshakeMs,
        perMessageDeflate: false,
      });
      let isRefused = false;
      this.on('unexpected-response', (request: ClientRequest, response: IncomingMessage) => {
        isRefused = true;
        void readRefusal(response, url).then((refusal) => {
          onRefused(refusal);
          request.destroy();
          this.terminate();
        });
      });
      // What ends it after it was refused is no other reason.
      this.on('error', (error) => {
        if (!isRefused) onRefused({ error: unreachable(url, error), isFinal: false });
      });
    }
  };
}

export function unreachable(url: string, reason: unknown): WireError {
  return toWireError(codeOf(reason), { url, reason: saidBy(reason) });
}

/** Bounded: whoever answers there may be anybody. */
async function readRefusal(response: IncomingMessage, url: string): Promise<Refusal> {
  const status = response.statusCode ?? 0;
  let text = '';
  try {
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > refusalBytes) break;
    }
    const parsed = wireErrorSchema.safeParse((JSON.parse(text) as { error?: unknown }).error);
    if (parsed.success)
      return { error: parsed.data as WireError, isFinal: finalStatus.has(status) };
  } catch {
    // Somebody else's words.
  }
  return { error: unreachable(url, `it answered with status ${status}`), isFinal: false };
}

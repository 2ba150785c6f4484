/** One try to have a link to a gateway: a WebSocket that shows its key, and says why it ended. */
import type { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import type { WireError } from '../../../preload/contract/errors.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { gatewayProtocol } from '../../../preload/contract/gateway-facts.ts';
import {
  type GatewayFrame,
  gatewayFrameSchema,
  linkCodes,
  linkFrameBytes,
  type ProjectFrame,
} from '../../../preload/contract/gateway-frames.ts';
import { wireErrorSchema } from '../../../preload/contract/wire-error.ts';
import { reasonOf } from '../../base/result.ts';
import { sayUnreached } from './exchange.ts';
import type { GatewayFile } from './gateway-file.ts';

const handshakeMs = 10_000;
const closeMs = 1_000;
const refusalBytes = 16 * 1024;

export interface LinkEnd {
  readonly error: WireError;
  /** Asking again soon leads to the same. */
  readonly isRefused: boolean;
  /** Asking again at all would be wrong: another process has the link. */
  readonly isFinal: boolean;
}

export interface LinkSocket {
  /** False where it is not connected, or the frame is larger than the other end takes. */
  send(frame: ProjectFrame): boolean;
  /** Ends it without a word of why. */
  close(): void;
}

export interface LinkOptions {
  readonly file: GatewayFile;
  /** Where this Musher listens. */
  readonly listens: string;
  readonly onOpen: () => void;
  readonly onFrame: (frame: GatewayFrame) => void;
  /** Once. */
  readonly onEnd: (end: LinkEnd) => void;
}

export function openLink({ file, listens, onOpen, onFrame, onEnd }: LinkOptions): LinkSocket {
  const socket = new WebSocket(`${file.url.replace(/^http/, 'ws')}/link`, {
    headers: {
      authorization: `Bearer ${file.key}`,
      'x-musher-gateway': String(gatewayProtocol),
      'x-musher-listens': listens,
    },
    ...{ maxPayload: linkFrameBytes, handshakeTimeout: handshakeMs, perMessageDeflate: false },
  });
  let isOver = false;
  const end = (ended: LinkEnd): void => {
    if (isOver) return;
    isOver = true;
    onEnd(ended);
  };
  const fail = (reason: string): void => {
    const error = toWireError('GATEWAY_UNREACHABLE', { url: file.url, reason });
    end({ error, isRefused: false, isFinal: false });
  };
  socket.on('open', onOpen);
  socket.on('message', (data, isBinary) => {
    const frame = isBinary ? undefined : readFrame(String(data));
    if (frame !== undefined) return onFrame(frame);
    fail('what it says is nothing that a gateway says');
    socket.terminate();
  });
  socket.on('unexpected-response', (request, response) => {
    void readRefusal(response, file.url).then((refusal) => {
      end(refusal);
      request.destroy();
    });
  });
  socket.on('error', (error) => fail(sayUnreached(error)));
  socket.on('close', (code, reason) => {
    const known = refusals[code]?.(String(reason));
    if (known === undefined) fail('the link ended');
    else end(known);
  });
  return {
    send(frame) {
      const text = JSON.stringify(frame);
      const isTooLarge = Buffer.byteLength(text) > linkFrameBytes;
      if (isTooLarge || socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close() {
      isOver = true;
      // What was said before is still sent; whoever does not answer the close is not waited for.
      socket.close(1000);
      setTimeout(() => socket.terminate(), closeMs).unref();
    },
  };
}

const refusals: Readonly<Record<number, (reason: string) => LinkEnd>> = {
  [linkCodes.refused]: (reason) => ({
    error: toWireError('GATEWAY_LINK_REFUSED', { reason }),
    ...{ isRefused: true, isFinal: false },
  }),
  [linkCodes.removed]: () => ({
    error: toWireError('REGISTRATION_UNKNOWN'),
    ...{ isRefused: true, isFinal: false },
  }),
  [linkCodes.replaced]: () => ({
    error: toWireError('REGISTRATION_REPLACED'),
    ...{ isRefused: true, isFinal: true },
  }),
};

function readFrame(text: string): GatewayFrame | undefined {
  try {
    return gatewayFrameSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Bounded: whoever answers there may be anybody. */
async function readRefusal(response: IncomingMessage, url: string): Promise<LinkEnd> {
  const status = response.statusCode ?? 0;
  let reason = `it answered with status ${status}`;
  try {
    let text = '';
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > refusalBytes) break;
    }
    const said = wireErrorSchema.safeParse((JSON.parse(text) as { error?: unknown }).error);
    if (said.success && said.data.code === 'NOT_FOUND')
      reason = 'a Musher answers that is no gateway';
    else if (said.success)
      return { error: said.data as WireError, isRefused: status !== 503, isFinal: false };
  } catch (error) {
    reason += ` (${reasonOf(error)})`;
  }
  const error = toWireError('GATEWAY_UNREACHABLE', { url, reason });
  return { error, isRefused: false, isFinal: false };
}

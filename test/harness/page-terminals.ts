// A page in a browser, as far as its terminals go: signed in, and over its own WebSocket.

import WebSocket from 'ws';
import type { ClientFrame } from '../../preload/contract/bridge.ts';
import { bridgeProtocolVersion } from '../../preload/contract/bridge-version.ts';
import type { Serving } from './serve.ts';

export interface PageTerminals {
  send(frame: ClientFrame): void;
  /** What came of one attachment, as text: screens, output and words. */
  shown(ch: number): string;
  close(): void;
}

export async function openPage({ url, operator, as }: Serving): Promise<PageTerminals> {
  const { body } = await operator.send('/v1/login', { method: 'POST' });
  const { pathname, search } = new URL((body as { loginUrl: string }).loginUrl);
  const { headers } = await as().send(`${pathname}${search}`);
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  const { host } = new URL(url);
  const socket = new WebSocket(`ws://${host}/bridge`, {
    headers: { cookie, origin: `http://${host}` },
  });
  const shown = new Map<number, string>();
  const add = (ch: number, text: string) => void shown.set(ch, (shown.get(ch) ?? '') + text);
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return add(data.readUInt32BE(0), data.subarray(4).toString('utf8'));
    const frame = JSON.parse(String(data)) as { k: string; ch?: number; error?: object };
    if (frame.ch !== undefined) add(frame.ch, `\n[${JSON.stringify(frame)}]\n`);
    return undefined;
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('close', reject);
  });
  const send = (frame: ClientFrame) => socket.send(JSON.stringify(frame));
  send({ k: 'hello', protocol: bridgeProtocolVersion, sinceSeq: 0 });
  return { send, shown: (ch) => shown.get(ch) ?? '', close: () => socket.terminate() };
}

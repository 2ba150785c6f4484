/** Checks on every request before anything looks at it: the Host (DNS rebinding) and the Origin (foreign pages). */
import type { IncomingMessage } from 'node:http';
import type { WireError } from '../../preload/contract/errors.ts';
import { toWireError } from '../../preload/contract/errors.ts';

/** Where machines join, and projects register: see sync.ts and gateway/mount.ts. */
const peerPaths: ReadonlySet<string | undefined> = new Set(['/sync/join', '/link/register']);

/** Answers the refusal, or undefined when the request may go on. */
export type CheckRequest = (
  request: Pick<IncomingMessage, 'headers' | 'url'>,
) => WireError | undefined;

/** `port`: the one that is listened on. Made once, because every request passes here. */
export function createCheckRequest(port: number): CheckRequest {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  const hosts = new Set(names.map((name) => `${name}:${port}`));
  if (port === 80) for (const name of names) hosts.add(name);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  return ({ url, headers: { host, origin } }) => {
    // They come through tunnels whose other end has any name. A page in a browser always says where it is from.
    if (peerPaths.has(url) && origin === undefined) return undefined;
    if (host === undefined || !hosts.has(host))
      return toWireError('HOST_REFUSED', { host: host ?? '(none)' });
    const isForeign = origin !== undefined && (!origins.has(origin) || origin !== `http://${host}`);
    return isForeign ? toWireError('ORIGIN_REFUSED', { origin }) : undefined;
  };
}

/** The value of a cookie, or undefined. */
export function cookieOf(
  request: Pick<IncomingMessage, 'headers'>,
  name: string,
): string | undefined {
  const pairs = request.headers.cookie?.split(';').map((pair) => pair.trim()) ?? [];
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

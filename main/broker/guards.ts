/** Checks on every request before anything looks at it: the Host (DNS rebinding) and the Origin (foreign pages). */
import type { IncomingMessage } from 'node:http';
import type { WireError } from '../../preload/contract/errors.ts';
import { toWireError } from '../../preload/contract/errors.ts';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** The refusal, or undefined when the request may go on. `port` is the one that is listened on. */
export function checkRequest(
  request: Pick<IncomingMessage, 'headers'>,
  port: number,
): WireError | undefined {
  const { host, origin } = request.headers;
  if (
    host === undefined ||
    !loopbackNames.some((name) => host === `${name}:${port}` || (port === 80 && host === name))
  ) {
    return toWireError('HOST_REFUSED', { host: host ?? '(none)' });
  }
  if (origin !== undefined && origin !== `http://${host}`)
    return toWireError('ORIGIN_REFUSED', { origin });
  return undefined;
}

/** The value of a cookie, or undefined. */
export function cookieOf(
  request: Pick<IncomingMessage, 'headers'>,
  name: string,
): string | undefined {
  const pairs = request.headers.cookie?.split(';').map((pair) => pair.trim()) ?? [];
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Addresses of Mushers, as others can really reach them. */
import { type MusherError, musherError } from '../../base/result.ts';

/**
 * Without a slash at its end. Plain http goes no further than this machine: anybody on the way could read what goes over it. Throws
 * GATEWAY_ADDRESS_INVALID.
 */
export function requireAddress(url: string): string {
  if (!URL.canParse(url)) throw invalid(url, 'it is no URL');
  const { protocol, hostname, origin, pathname, search, username } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw invalid(url, `it begins with ${protocol}`);
  if (hostname === '0.0.0.0' || hostname === '[::]')
    throw invalid(
      url,
      `${hostname} means all addresses of a machine that listens, and is none that another can reach`,
    );
  if (protocol === 'http:' && !isHere(hostname))
    throw invalid(
      url,
      'http to another machine can be read on the way; use an SSH tunnel, or https',
    );
  if (username !== '') throw invalid(url, 'it holds a name or password');
  if (pathname !== '/' || search !== '') throw invalid(url, 'it must end after the port');
  return origin;
}

function isHere(hostname: string): boolean {
  return /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(hostname);
}

function invalid(url: string, reason: string): MusherError {
  return musherError('GATEWAY_ADDRESS_INVALID', { url: url.slice(0, 300), reason });
}

/** Why a rendezvous was not reached, so that whoever reads it knows what to do. */
import type { ErrorCode } from '../../../preload/contract/errors.ts';
import { reasonOf } from '../../base/result.ts';

/** Of OpenSSL and of Node's own look at the name. */
const untrusted: ReadonlySet<unknown> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** `thrown`: by the socket. The code of the error that says it. */
export function codeOf(thrown: unknown): ErrorCode & `RENDEZVOUS_${string}` {
  const { code } = (thrown ?? {}) as { readonly code?: unknown };
  return untrusted.has(code) ? 'RENDEZVOUS_UNTRUSTED' : 'RENDEZVOUS_UNREACHABLE';
}

/** In the socket's own words, without the advice that it gives to whoever writes a program. */
export function saidBy(thrown: unknown): string {
  return reasonOf(thrown).replace(/; if the root CA is installed locally.*$/s, '');
}

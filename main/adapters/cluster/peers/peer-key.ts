/** The pair of keys by which a node's peers know it: Ed25519, each half as 43 letters of base64url. The secret half never leaves its machine. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

export interface PeerPair {
  readonly secret: string;
  readonly key: string;
}

const curve = { kty: 'OKP', crv: 'Ed25519' } as const;

export function newPeerPair(): PeerPair {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { secret: d, key: x };
}

/** Base64url. */
export function signAs({ secret: d, key: x }: PeerPair, text: string): string {
  const key = createPrivateKey({ key: { ...curve, d, x }, format: 'jwk' });
  return sign(null, Buffer.from(text), key).toString('base64url');
}

/** False also for what is no key and no signature. */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  try {
    const known = createPublicKey({ key: { ...curve, x: key }, format: 'jwk' });
    return verify(null, Buffer.from(text), known, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

/**
 * Nodes of one rendezvous that see each other are *peers*: the board says who is one, and linked they tell each other what they claim, so that they go
 * on without their rendezvous. Whatever a peer says is untrusted.
 */
import { z } from 'zod';
import { claimsSaidSchema } from './claim-facts.ts';

/** Peers that a node is linked with at once: the default, and what may be configured. */
export const meshPeers = { default: 3, most: 8 };

/** Of an Ed25519 pair the public half, base64url: what a node proves with that it is itself. */
export const peerKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'expected a public key of Ed25519, 43 letters of base64url');

/** Where a node lets its peers in. Plain ws goes no further than the machine it is said on. */
export const peerUrlSchema = z
  .string()
  .max(300)
  .regex(
    /^(?:wss:\/\/[^/\s@?#]+|ws:\/\/(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?)$/,
    'expected wss://host:port, or ws:// on this machine',
  );

/** A node as the board says it to the others. */
export const peerSchema = z.object({
  label: z.string(),
  key: peerKeySchema,
  /** Absent: it lets nobody in, and links with those that do. */
  url: peerUrlSchema.optional(),
});
export type Peer = z.infer<typeof peerSchema>;

/** What a peer says over a link: all of it, each time it is another. */
export const peerSaidSchema = z.strictObject({
  /** It is linked with the rendezvous. */
  hears: z.boolean(),
  claims: claimsSaidSchema,
});
export type PeerSaid = z.infer<typeof peerSaidSchema>;

/** How a node stands with its peers, by their ids: those that it is linked with, and those that it would be. Untrusted. */
export const peerStates = ['linked', 'away'] as const;
export const peerLinksSchema = z.record(z.string(), z.enum(peerStates));
export type PeerLinks = z.infer<typeof peerLinksSchema>;

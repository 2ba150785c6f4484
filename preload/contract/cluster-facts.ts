/** What a node is, as it is remembered and shown. Whatever a node says of itself is untrusted text. */
import { z } from 'zod';
import { claimSaidSchema } from './claim-facts.ts';
import { nodeLabelHint, nodeLabelPattern } from './node-label.ts';
import { clusterTimes } from './cluster-times.ts';
import { peerLinksSchema, peerStates, peerUrlSchema } from './peer-facts.ts';
import { wireErrorSchema } from './wire-error.ts';

/** What people call a node. */
export const nodeLabelSchema = z.string().trim().regex(nodeLabelPattern, nodeLabelHint);

export const nodeRecordSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** What the machine calls itself. Untrusted. */
  host: z.string(),
  /** `linux-x64`. Untrusted. */
  platform: z.string(),
  joinedMs: z.number(),
  state: z.enum(['joined', 'revoked']),
});
export type NodeRecord = z.infer<typeof nodeRecordSchema>;

/** A node’s own words about itself, in its part of the shared document. Bounded: who writes anything else is refused. */
export const nodeSelfSchema = z.strictObject({
  /** Of its Musher. */
  version: z.string().max(40),
  host: z.string().max(255),
  platform: z.string().max(60),
  cpus: z.number().int().min(1).max(4_096),
  /** Average over the last minute, of all processors: 1 is all of them busy. */
  load: z.number().min(0).max(1_000),
  /** Agents whose programs run there. */
  agents: z.number().int().min(0).max(10_000),
  /** Counts up with each heartbeat; a restart goes on from where it was. */
  beat: z.number().int().min(0),
  /** Its clock at that heartbeat, Unix ms. Never compared with another clock but to show the difference. */
  atMs: z.number(),
  /** It takes nothing new: it is being stopped. */
  isDraining: z.boolean(),
  /** Why it takes no story now, in plain words: "its pipeline is paused". Absent: it would take one. */
  takesNothing: z.string().max(200).optional(),
  /** Where it lets its peers in. Absent: nowhere. */
  peersAt: peerUrlSchema.optional(),
  /** How it stands with its peers. Absent: it has none. */
  peers: peerLinksSchema.optional(),
});
export type NodeSelf = z.infer<typeof nodeSelfSchema>;

/** Of a story that a node says it has: where it stands there, and who works on it there. Untrusted. */
export const workThereSchema = claimSaidSchema.pick({ state: true, stage: true, agent: true });
export type WorkThere = z.infer<typeof workThereSchema>;

/** How a node stands, for now. */
export const nodeLinkSchema = z.object({
  isConnected: z.boolean(),
  /** When a heartbeat of it was last seen, by this clock, Unix ms; 0: never since this Musher started. */
  seenMs: z.number(),
  /** Its clock less this one, milliseconds, at the last heartbeat. */
  skewMs: z.number(),
  self: nodeSelfSchema.optional(),
  /** After so long a silence its stories go to another, milliseconds; absent: the default. */
  keepsMs: z.number().optional(),
  /** By story, as it said last. Absent: it has none. */
  work: z.record(z.string(), workThereSchema).optional(),
});
export type NodeLink = z.infer<typeof nodeLinkSchema>;

/** How a Musher that is a node stands with its rendezvous. */
export const rendezvousLinkSchema = z.object({
  url: z.string(),
  node: z.string(),
  label: z.string(),
  state: z.enum(['connecting', 'connected', 'offline', 'refused']),
  /** Since when it is so, Unix ms. */
  sinceMs: z.number(),
  /** When it tries again, Unix ms; offline alone. */
  retryMs: z.number().optional(),
  /** Why it was refused, or could not connect. */
  error: wireErrorSchema.optional(),
  /** Peers that it is linked with, or would be, by their id; absent: none. */
  peers: z
    .record(z.string(), z.object({ label: z.string(), state: z.enum(peerStates) }))
    .optional(),
  /** Stories of the board that this node knows. */
  stories: z.number().int(),
});
export type RendezvousLink = z.infer<typeof rendezvousLinkSchema>;

/** What both ends of `/sync` must speak: it is raised when one could misunderstand the other. */
export const syncProtocol = 3;

/** For short, to all who may have this file; `cluster-times.ts` says what they are. */
export const { heartbeatMs, lostAfterMs, skewTold, claimMs, scanMs } = clusterTimes;

/** The cluster: machines that help with this repository's stories. Each is a *node*; this Musher, which they join, is their *rendezvous*. */
import { z } from 'zod';
import { nodeScreenQueries } from './node-screen.ts';
import { claimRecordSchema } from './claim-facts.ts';
import { claimCommands, claimEvents } from './claims.ts';
import { peerKeySchema } from './peer-facts.ts';
import { command, defineFeature, event, query } from './define.ts';
import {
  nodeLabelSchema,
  nodeLinkSchema,
  nodeRecordSchema,
  rendezvousLinkSchema,
  workThereSchema,
} from './cluster-facts.ts';

const operator = ['operator'] as const;
const node = z.string().min(1).max(20).describe('Its id, n-2');
const invite = z.string().min(1).max(40).describe('Its id, j-7f3k2m9x');
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected SHA-256 in hexadecimal digits');
const aHand = 'it lets a machine run programs for this repository, or no longer';

/** How long a join token opens the door, milliseconds. */
export const joinTokenMs = { least: 60_000, default: 15 * 60_000, most: 7 * 24 * 3_600_000 };
/** Join tokens that wait to be used. */
export const openInvites = 50;
/** Nodes that have joined and are not revoked. */
export const openNodes = 100;

const joined = {
  node: z.string(),
  label: z.string(),
  /** What the machine calls itself. Untrusted text. */
  host: z.string(),
  platform: z.string(),
};

export const inviteRow = z.object({
  invite: z.string(),
  label: z.string().optional(),
  /** Until when it opens the door, Unix ms. */
  expiresMs: z.number(),
});
export const nodeRow = nodeRecordSchema.extend({
  /** Absent: nothing was heard of it since this Musher started. */
  link: nodeLinkSchema.optional(),
  /** That it works on, the first claimed first; with what it says of each. */
  stories: z
    .array(
      z.object({
        story: z.string(),
        title: z.string(),
        claim: z.number(),
        sinceMs: z.number(),
        there: workThereSchema.optional(),
      }),
    )
    .default([]),
});
export type NodeRow = z.infer<typeof nodeRow>;

export const cluster = defineFeature({
  name: 'cluster',
  commands: {
    'node.invite': command({
      summary: 'Let one machine join, once',
      who: operator,
      byHand: aHand,
      data: z.object({
        hash: hash.describe('SHA-256 of the join token: the token itself stays with who invites'),
        label: nodeLabelSchema
          .optional()
          .describe('What the node is to be called; default: its host'),
        forMs: z.coerce
          .number()
          .int()
          .min(joinTokenMs.least)
          .max(joinTokenMs.most)
          .default(joinTokenMs.default)
          .describe('How long it may be used, at most seven days'),
      }),
      result: inviteRow,
      cli: { name: 'join-token', examples: ['musher join-token --label attic --for 1h'] },
    }),
    'node.uninvite': command({
      summary: 'Take back a join token that nobody used',
      who: operator,
      byHand: aHand,
      data: z.object({ invite }),
      result: z.object({ invite: z.string() }),
      cli: { name: 'nodes uninvite', args: ['invite'] },
    }),
    'node.revoke': command({
      summary: 'Lock a node out: its link ends now, and its token opens nothing any more',
      who: operator,
      byHand: aHand,
      data: z.object({ node }),
      result: z.object({ node: z.string() }),
      cli: { name: 'nodes revoke', args: ['node'], examples: ['musher nodes revoke n-2'] },
    }),
    'node.rename': command({
      summary: 'Call a node something else',
      who: operator,
      data: z.object({ node, label: nodeLabelSchema }),
      result: z.object({ node: z.string() }),
      cli: { name: 'nodes rename', args: ['node', 'label'] },
    }),
    'node.join': command({
      summary: 'A machine joins by its join token',
      who: ['system'],
      data: z.object({
        /** Of the join token. */
        invite: hash,
        /** Of the key that the node made for itself, and shows from now on. */
        key: hash,
        /** By which its peers know it. */
        peerKey: peerKeySchema.optional(),
        label: nodeLabelSchema.optional(),
        host: z.string().max(255),
        platform: z.string().max(60),
      }),
      result: z.object({ node: z.string(), label: z.string() }),
    }),
    ...claimCommands,
  },
  queries: {
    'node.list': query({
      summary: 'List the machines that help: who, where, how busy, when last heard',
      who: operator,
      data: z.object({ all: z.boolean().default(false).describe('Also those that were revoked') }),
      result: z.object({
        nodes: z.array(nodeRow),
        invites: z.array(inviteRow),
        /** Of a Musher that is a node itself: how it stands with who it helps. */
        rendezvous: rendezvousLinkSchema.optional(),
        /** As that node: its own claims on stories there. */
        claims: z.array(claimRecordSchema).default([]),
        /** Where nodes come in by the network, such as https://192.168.1.5:9443; absent where they come by loopback alone. */
        nodesAt: z.string().optional(),
      }),
      cli: { name: 'nodes' },
    }),
    ...nodeScreenQueries,
  },
  events: {
    'node.invited': event({ v: 1, data: inviteRow.extend({ hash }) }),
    'node.uninvited': event({ v: 1, data: z.object({ invite: z.string() }) }),
    'node.joined': event({
      v: 1,
      data: z.object({
        ...{ ...joined, invite: z.string(), key: hash },
        peerKey: peerKeySchema.optional(),
      }),
    }),
    'node.renamed': event({ v: 1, data: z.object({ node: z.string(), label: z.string() }) }),
    'node.revoked': event({ v: 1, data: z.object({ node: z.string(), label: z.string() }) }),
    ...claimEvents,
  },
  records: { node: nodeRecordSchema, claim: claimRecordSchema },
  live: { nodeLink: nodeLinkSchema, rendezvousLink: rendezvousLinkSchema },
});

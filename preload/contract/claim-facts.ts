/** A node's claim on a story, as its part of the shared document says it. Untrusted: whoever writes anything else is refused. */
import { z } from 'zod';
import { storyCommit, storyTypeSchema } from './story-facts.ts';
import { storyPriorities } from './story-stages.ts';

/** Of one node at once. */
export const openClaims = 100;

/** A story of the rendezvous. */
export const claimedStory = z.string().regex(/^s-\d{1,9}$/, 'expected the id of a story, s-12');
/** A node counts its claims; a number is never given twice. */
export const claimNumber = z.number().int().min(1).max(1_000_000_000);

/**
 * `working`: it asks for the story, and works on it once the rendezvous says that it has it. `verified`: its gates are content, and its commit is
 * on the remote. `released`: it goes on with it no more.
 */
export const claimStates = ['working', 'verified', 'released'] as const;

export const claimSaidSchema = z.strictObject({
  claim: claimNumber,
  state: z.enum(claimStates),
  /** Of one that is verified. */
  commit: storyCommit.optional(),
  /** Of one that is released: why, in words for the operator. */
  reason: z.string().max(2_000).optional(),
  /** It cannot go on without help, rather than that its node gave it up. */
  isStuck: z.boolean().optional(),
  /** Where it stands there. */
  stage: z.string().max(20).optional(),
  /** Who works on it there. */
  agent: z.string().max(80).optional(),
});
export type ClaimSaid = z.infer<typeof claimSaidSchema>;

export const claimsSaidSchema = z
  .record(claimedStory, claimSaidSchema)
  .refine((claims) => Object.keys(claims).length <= openClaims, {
    error: `expected at most ${openClaims} claims`,
  });
export type ClaimsSaid = z.infer<typeof claimsSaidSchema>;

/** What became of a verified claim: its commit is landed here; or the story had gone on without it, and its commit is kept. */
export const claimOutcomes = ['taken', 'late'] as const;
export const verdictSchema = z.object({ claim: claimNumber, outcome: z.enum(claimOutcomes) });
export type Verdict = z.infer<typeof verdictSchema>;

/** What a node is told of a story that it has, or may begin while the rendezvous is away, beside its record. */
export const storyWorkSchema = z.object({
  /** Who has it; absent: it is offered. */
  node: z.object({ id: z.string(), claim: claimNumber }).optional(),
  body: z.string(),
  criteria: z.array(z.string()),
  /** Where its work is to begin: the newest commit of the branch that it will be merged into. */
  target: z.object({ branch: z.string(), commit: storyCommit }).optional(),
});
export type StoryWork = z.infer<typeof storyWorkSchema>;

/** A story that a node may claim: how it is found in the order of all, the least first, and whom it wishes for. */
export const offerSchema = z.object({
  key: z.number(),
  title: z.string(),
  type: storyTypeSchema,
  priority: z.enum(storyPriorities),
  profile: z.string().optional(),
});
export type Offer = z.infer<typeof offerSchema>;

/** A claim as the node remembers it. */
export const claimRecordSchema = z.object({
  /** Id at the rendezvous. */
  id: z.string(),
  claim: z.number(),
  title: z.string(),
  /** This Musher as that node: a claim of another is over. */
  node: z.string(),
  state: z.enum(['asked', 'begun', 'verified', 'releasing']),
  sinceMs: z.number(),
  /** The story's id here, once it has begun. */
  local: z.string().optional(),
  commit: z.string().optional(),
  reason: z.string().optional(),
  isStuck: z.boolean().optional(),
});
export type ClaimRecord = z.infer<typeof claimRecordSchema>;

/** How a claim ends: the verdict of the rendezvous; nobody gave it the story; the story went to another; or it was released. */
export const claimEnds = ['taken', 'late', 'refused', 'lost', 'released'] as const;

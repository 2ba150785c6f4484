/** What a story is, as it is remembered, shown and imported. Every text is untrusted: it is shown, never run and never read as markup of a page. */
import { z } from 'zod';
import { utf8Bytes } from './client-codec.ts';
import { actorSchema } from './envelope.ts';
import { nodeStandingNames } from './node-standing.ts';
import { lineStages, storyPriorities, storyStages, storyTypes } from './story-stages.ts';

/** Stories that are not over. */
export const openStories = 10_000;
/** Of a body, in UTF-8. */
export const storyBodyBytes = 64 * 1024;

export const storyTypeSchema = z.enum(storyTypes);
export const storyStageSchema = z.enum(storyStages);
export const storyPrioritySchema = z.enum(storyPriorities);
/** Who must be content before it is merged, besides the gates. */
export const storyReviewSchema = z.enum(['gates', 'agent', 'human']);

export const storyTitle = z.string().trim().min(1).max(300);
/** Markdown. */
export const storyBody = z
  .string()
  .max(storyBodyBytes)
  .refine((text) => utf8Bytes(text) <= storyBodyBytes, {
    error: `expected at most ${storyBodyBytes} bytes of UTF-8`,
  });
export const storyLabel = z.string().trim().min(1).max(60);
export const storyCriterion = z.string().trim().min(1).max(500);
export const storyLabels = z.array(storyLabel).max(30);
export const storyCriteria = z.array(storyCriterion).max(50);
export const storyReason = z.string().trim().min(1).max(2_000);
/** Full, of SHA-1 or SHA-256. */
export const storyCommit = z
  .string()
  .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'expected a full commit id');

export const criterionSchema = z.object({
  /** Its name within the story; never given twice. */
  n: z.number().int(),
  text: z.string(),
  done: z.boolean(),
  /** Who ticked it, and when, Unix ms. */
  by: actorSchema.optional(),
  atMs: z.number().optional(),
});
export type Criterion = z.infer<typeof criterionSchema>;

const commit = z.string();
/** On the line, with what it cannot be there without: there is no merge of nothing. */
export const linePlaceSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('backlog') }),
  z.object({ stage: z.literal('coding') }),
  /** A spike may have no commit. */
  z.object({ stage: z.literal('qa'), commit: commit.optional() }),
  z.object({
    stage: z.literal('merge'),
    commit,
    /** The approval whose merge is about to move the branch: until its outcome is known the story stays here. */
    sealed: z.string().optional(),
  }),
  z.object({
    stage: z.literal('merge_failed'),
    commit,
    kind: z.string(),
    detail: z.string().optional(),
  }),
]);
export type LinePlace = z.infer<typeof linePlaceSchema>;

const ended = {
  /** Of one that was delivered: what its rendezvous merges. */
  commit: commit.optional(),
  /** Absent where nothing was merged; then `reason` says why it is done all the same. */
  merge: z.object({ commit, mergeCommit: commit, mergedMs: z.number() }).optional(),
  reason: z.string().optional(),
};
const reason = z.string();
export const placeSchema = z.discriminatedUnion('stage', [
  ...linePlaceSchema.options,
  z.object({ stage: z.literal('done'), ...ended }),
  z.object({ stage: z.literal('archived'), ...ended }),
  z.object({ stage: z.literal('blocked'), reason, over: linePlaceSchema }),
  z.object({ stage: z.literal('held'), reason: reason.optional(), over: linePlaceSchema }),
  z.object({ stage: z.literal('frozen'), reason: reason.optional(), over: linePlaceSchema }),
  z.object({ stage: z.literal('abandoned'), reason: reason.optional() }),
  z.object({ stage: z.literal('superseded'), by: z.string() }),
]);
export type Place = z.infer<typeof placeSchema>;

/** Why it moved: `command`, and whatever later parts add (`gate`, `exit`, `timer`, `trigger`); with what it can be looked up by. */
export const causeSchema = z.object({
  kind: z.string().min(1).max(40),
  ref: z.string().max(200).optional(),
});
export type StoryCause = z.infer<typeof causeSchema>;

/** What somebody may edit; each is written by itself. */
export const storyFields = [
  ...(['title', 'body', 'type', 'priority', 'labels', 'criteria'] as const),
  ...(['dependsOn', 'profile', 'review'] as const),
] as const;
export type StoryField = (typeof storyFields)[number];
export const storyFieldSchema = z.enum(storyFields);

/** Where the work on a story of another Musher begins. */
const homeSchema = z.object({
  /** A full commit id that is known here: the newest of the target there. Absent: what this repository has. */
  at: z.string().optional(),
});

/** The machine that works on a story, and which of its claims gave it to it: a node counts its claims, and never gives a number twice. */
export const storyNodeSchema = z.object({ id: z.string().max(20), claim: z.number().int().min(1) });
export type StoryNode = z.infer<typeof storyNodeSchema>;

/** What that machine is called and how it stands now, for lists: they know no nodes. */
export const storyNodeNowSchema = z.object({
  label: z.string(),
  standing: z.enum(nodeStandingNames),
  /** When it was last heard, Unix ms; 0: not since this Musher started. */
  seenMs: z.number(),
  /** After so long a silence it goes to another, milliseconds; absent: the default. */
  keepsMs: z.number().optional(),
});
export type StoryNodeNow = z.infer<typeof storyNodeNowSchema>;

export const sourceSchema = z.object({
  /** The same at each import: how it is found again. */
  key: z.string(),
  /** What a person calls it: a path, or an address. */
  name: z.string(),
  /** It is another Musher's, which this one helps: it is checked here, delivered there, and never merged here. */
  home: homeSchema.optional(),
});

/** As pages and lists have it; body and criteria come with `story.get`. */
export const storyRecordSchema = z.object({
  id: z.string(),
  type: storyTypeSchema,
  title: z.string(),
  priority: storyPrioritySchema,
  labels: z.array(z.string()),
  criteriaDone: z.number().int(),
  criteriaTotal: z.number().int(),
  dependsOn: z.array(z.string()),
  /** The profile of agents that is wished for it. */
  profile: z.string().optional(),
  review: storyReviewSchema,
  /** Whose it is, or was when it was done. */
  agent: z.string().optional(),
  /** That works on it in place of an agent of this machine; in coding alone, also beside the line. */
  node: storyNodeSchema.optional(),
  place: placeSchema,
  /** When it came there, Unix ms. */
  sinceMs: z.number(),
  addedMs: z.number(),
  /** Raised by each edit and each tick. */
  version: z.number().int(),
  /** Merges that failed in a row. */
  mergeFailures: z.number().int(),
  source: sourceSchema.optional(),
});
export type StoryRecord = z.infer<typeof storyRecordSchema>;

/** One that will not be done, and so is never met as a dependency: what waits for it says so, or waits for what took its place. */
export const storyGoneSchema = z.object({
  id: z.string(),
  stage: z.enum(['abandoned', 'superseded']),
  by: z.string().optional(),
});
export type StoryGone = z.infer<typeof storyGoneSchema>;

export const lineStageSchema = z.enum(lineStages);

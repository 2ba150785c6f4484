/** Stories: work that is written down, goes to an agent, through its checks and into the target branch. */
import { z } from 'zod';
import { boardSchema } from './board-config.ts';
import { defineFeature, event, query } from './define.ts';
import { actorSchema } from './envelope.ts';
import { editCommands, moveCommands, storyId } from './story-commands.ts';
import {
  causeSchema,
  criterionSchema,
  placeSchema,
  sourceSchema,
  storyGoneSchema,
  storyNodeNowSchema,
  storyNodeSchema,
  storyPrioritySchema,
  storyRecordSchema,
  storyReviewSchema,
  storyStageSchema,
  storyTypeSchema,
} from './story-facts.ts';
import { importCommands } from './story-import.ts';

/** A dependency that is not met yet, and how it stands. */
const waitsFor = z.array(z.object({ story: z.string(), stage: storyStageSchema }));

/** One event of a story’s history. */
const passageSchema = z.object({
  seq: z.number().int(),
  atMs: z.number(),
  actor: actorSchema,
  /** Untrusted text. */
  text: z.string(),
  cause: causeSchema.optional(),
});
export type StoryPassage = z.infer<typeof passageSchema>;

/** Of a story that a node works on. */
const nodeNow = storyNodeNowSchema.optional();

export const storyListRow = storyRecordSchema.extend({ waitsFor, nodeNow });
export type StoryListRow = z.infer<typeof storyListRow>;

const written = {
  title: z.string(),
  body: z.string(),
  type: storyTypeSchema,
  priority: storyPrioritySchema,
  labels: z.array(z.string()),
  criteria: z.array(z.object({ n: z.number().int(), text: z.string(), done: z.boolean() })),
  dependsOn: z.array(z.string()),
  /** Empty: any. */
  profile: z.string(),
  review: storyReviewSchema,
};

export const stories = defineFeature({
  name: 'stories',
  commands: { ...editCommands, ...moveCommands, ...importCommands },
  queries: {
    'story.list': query({
      summary: 'List stories: the most urgent first, then the oldest',
      who: ['operator', 'agent'],
      data: z.object({
        stage: z.array(storyStageSchema).max(12).default([]).describe('Only of these stages'),
        type: storyTypeSchema.optional(),
        label: z.string().max(60).optional(),
        agent: z.string().max(80).optional(),
        mine: z.boolean().default(false).describe('Only your own, as an agent'),
        text: z
          .string()
          .max(200)
          .optional()
          .describe('Only with this in the id, the title or a label'),
        body: z
          .boolean()
          .default(false)
          .describe('With text: also those whose own text has all of its words'),
        ready: z.boolean().default(false).describe('Only those in the backlog that could begin'),
        all: z.boolean().default(false).describe('Also those that are over'),
        after: z.string().max(40).optional().describe('The `next` of the page before'),
        limit: z.coerce.number().int().min(1).max(500).default(100).describe('At most so many'),
      }),
      result: z.object({
        stories: z.array(storyListRow),
        /** How many fit, on all pages. */
        total: z.number().int(),
        /** Absent on the last page. */
        next: z.string().optional(),
      }),
      cli: {
        name: 'story list',
        examples: [
          'musher story list --stage coding --stage qa',
          'musher story list --ready --label ui',
        ],
      },
      tool: {
        name: 'list_stories',
        description:
          'List the team’s stories; with mine, your own. Use show_story for what one says.',
      },
    }),
    'story.get': query({
      summary:
        'Show a story: what it says, when it is done, what it waits for, and how it came to be where it is',
      who: ['operator', 'agent'],
      data: z.object({
        story: storyId,
        before: z.coerce
          .number()
          .int()
          .min(1)
          .optional()
          .describe('Only history before this event'),
        limit: z.coerce
          .number()
          .int()
          .min(1)
          .max(200)
          .default(20)
          .describe('Newest events of its history'),
      }),
      result: storyRecordSchema.extend({
        body: z.string(),
        criteria: z.array(criterionSchema),
        waitsFor,
        nodeNow,
        /** Stories that depend on it. */
        neededBy: z.array(z.string()),
        /** Oldest first. */
        history: z.array(passageSchema),
        /** There is more in the log: ask again with `before` of the first that is here. */
        hasMore: z.boolean(),
      }),
      cli: { name: 'story show', args: ['story'] },
      tool: {
        name: 'show_story',
        description:
          'Read a story: what is to be done, its criteria with their numbers, what it waits for, and its history.',
      },
    }),
  },
  events: {
    'story.added': event({
      v: 1,
      data: z.object({ story: z.string(), ...written, source: sourceSchema.optional() }),
    }),
    'story.edited': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        agent: z.string().optional(),
        /** What is new, by field. */
        fields: z.object(written).partial(),
        /** It came from its source again. */
        imported: z.boolean().optional(),
        source: sourceSchema.optional(),
      }),
    }),
    'story.ticked': event({
      v: 1,
      data: z.object({ story: z.string(), criterion: z.number().int(), text: z.string() }),
    }),
    'story.unticked': event({
      v: 1,
      data: z.object({
        story: z.string(),
        criterion: z.number().int(),
        text: z.string(),
        agent: z.string().optional(),
      }),
    }),
    'story.assigned': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        /** Absent: nobody’s now. */
        agent: z.string().optional(),
        former: z.string().optional(),
        cause: causeSchema,
      }),
    }),
    'story.sealed': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        commit: z.string(),
        approval: z.string(),
      }),
    }),
    'story.moved': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        /** A name of the table of stages at that time. */
        transition: z.string(),
        from: storyStageSchema,
        place: placeSchema,
        cause: causeSchema,
        agent: z.string().optional(),
        /** Works on it from now on. */
        node: storyNodeSchema.optional(),
        /** Whose it was until then, where it is nobody’s now. */
        former: z.string().optional(),
        note: z.string().optional(),
      }),
    }),
  },
  records: { story: storyRecordSchema, storyGone: storyGoneSchema },
  live: { board: boardSchema },
});

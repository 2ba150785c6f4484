/** What a trigger matches, does and remembers. Names and texts are untrusted: shown harmlessly, never run. */
import { z } from 'zod';
import { actionSchema } from './actions.ts';
import { storyStageSchema } from './story-facts.ts';

/** That are armed or paused, and the newest of those that are spent. */
export const triggersKept = { live: 1_000, spent: 200 };
/** Characters of an expression. */
export const mostOfExpression = 1_000;
/** Actions that fail in a row before a trigger is paused. */
export const failuresInARow = 3;
/** Triggers that led to each other: beyond it none fires any more. */
export const longestChain = 8;
export const rateWindowMs = 60_000;

/** An event type, the beginning of one, or all: `story.moved`, `story.*`, `*`. */
export const eventPattern = z
  .string()
  .max(80)
  .regex(
    /^(\*|[a-z_]+\.(\*|[a-z_]+(\.[a-z_]+)*(\.\*)?))$/,
    'expected an event type such as story.moved, its beginning such as story.*, or * for all',
  );

/** All that is said must fit. */
export const matcherFields = {
  on: z
    .array(eventPattern)
    .min(1, 'expected an event type')
    .max(20)
    .describe('Event types: story.moved, story.* for all of a kind, * for all'),
  story: z.string().min(1).max(20).optional().describe('Only events of this story'),
  agent: z.string().min(1).max(80).optional().describe('Only events of or by this agent'),
  stage: storyStageSchema.optional().describe('Only when a story comes to this stage'),
  path: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('Only when a file that the event names fits: src/**/*.sql, docs/'),
  where: z
    .string()
    .trim()
    .min(1)
    .max(mostOfExpression)
    .optional()
    .describe(
      'Only when this CEL expression is true: data.transition == "fail" && size(paths) > 3',
    ),
};
const matcherSchema = z.object(matcherFields);
export type Matcher = z.infer<typeof matcherSchema>;

export const wishFields = {
  once: z.boolean().default(false).describe('Fire once, then be spent'),
  cooldownMs: z
    .number()
    .int()
    .min(0)
    .max(30 * 86_400_000)
    .default(0)
    .describe('After it fired, not again for this many milliseconds'),
  perMinute: z
    .number()
    .int()
    .min(1)
    .max(600)
    .default(60)
    .describe('Within a minute at most so often; then it is paused, and you are told'),
};

export const triggerName = z.string().trim().min(1).max(100);

/** `armed`: fires; `paused`: does not until it is resumed; `spent`: was to fire once, and has. */
export const triggerStateSchema = z.enum(['armed', 'paused', 'spent']);
export type TriggerState = z.infer<typeof triggerStateSchema>;

/** `failures`: its action failed so often in a row; `rate`: it fired too often within a minute. */
export const pauseReasonSchema = z.enum(['operator', 'failures', 'rate', 'expression']);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

/** `doing`: its action has not ended yet. */
export const outcomeSchema = z.enum(['doing', 'done', 'failed']);

/**
 * Told once, until it is edited or resumed. `expression`: it could not be said whether an event fits; `own`: the event came of its own
 * action; `chain`: too many triggers had led to each other.
 */
export const noteKindSchema = z.enum(['expression', 'own', 'chain']);
export type NoteKind = z.infer<typeof noteKindSchema>;

export const noteSchema = z.object({
  kind: noteKindSchema,
  /** The event that it did not fire on. */
  seq: z.number().int(),
  atMs: z.number(),
  text: z.string(),
});

export const triggerRecordSchema = matcherSchema.extend({
  id: z.string(),
  name: z.string(),
  once: z.boolean(),
  cooldownMs: z.number(),
  perMinute: z.number(),
  action: actionSchema,
  /** The same as a line. Untrusted text. */
  does: z.string(),
  state: triggerStateSchema,
  /** Of one that is paused. */
  pause: z
    .object({ reason: pauseReasonSchema, atMs: z.number(), detail: z.string().optional() })
    .optional(),
  addedMs: z.number(),
  /** How often. */
  fired: z.number().int(),
  last: z
    .object({
      /** The event that it fired on. */
      seq: z.number().int(),
      type: z.string(),
      /** When that event was, Unix ms: cool-down is measured from here. */
      atMs: z.number(),
      outcome: outcomeSchema,
      /** What came of it. */
      detail: z.string().optional(),
    })
    .optional(),
  /** Actions that failed in a row. */
  failures: z.number().int(),
  /** At most one of each kind. */
  notes: z.array(noteSchema).optional(),
});
export type TriggerRecord = z.infer<typeof triggerRecordSchema>;

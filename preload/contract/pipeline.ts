/** The pipeline: written stories go to agents by themselves, from the backlog to their checks. Off until the operator starts it. */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { actorSchema } from './envelope.ts';
import { storyId } from './story-commands.ts';
import { storyNodeNowSchema, storyNodeSchema, storyReason } from './story-facts.ts';
import { wireErrorSchema } from './wire-error.ts';

/** Why a story does not go on by itself just now. */
export const storyWaitSchema = z.enum([
  /** Of the pipeline: paused; as many agents at work as may be, in all or of its profile; no more agents can be made. */
  ...(['paused', 'no-slot', 'profile-slot', 'agents-full'] as const),
  /** Of the story. */
  ...(['dependency', 'blocked', 'held', 'frozen'] as const),
  /** Of the profile: none is named, it is not known, it wants a command, or its agents could not be made just now. */
  ...(['profile-missing', 'profile-unknown', 'profile-command', 'stalled'] as const),
  /** Of its agent. */
  ...(['agent-busy', 'agent-paused', 'agent-stopped', 'agent-limit', 'agent-failed'] as const),
  ...(['rate-limit', 'starting', 'restarting'] as const),
]);
export type StoryWait = z.infer<typeof storyWaitSchema>;

const waits = {
  why: storyWaitSchema,
  /** The same in words, with what can be done. */
  what: z.string(),
  /** When it goes on by itself, where that is a time, Unix ms. */
  untilMs: z.number().optional(),
};

const workRow = z.object({
  story: z.string(),
  /** Untrusted text. */
  title: z.string(),
  agent: z.string(),
  profile: z.string(),
  /** How often it was given back so far. */
  attempts: z.number().int(),
  /** Absent: it works. */
  waits: z.object(waits).optional(),
});
export type PipelineWork = z.infer<typeof workRow>;

const waitingRow = z.object({ story: z.string(), title: z.string(), ...waits });
export type PipelineWaiting = z.infer<typeof waitingRow>;

const limits = z.object({
  maxAgents: z.number().int(),
  maxNoProgress: z.number().int(),
  maxAttempts: z.number().int(),
  /** Of stories that wish for none. */
  profile: z.string().optional(),
  /** Where a profile has a limit of its own. */
  profiles: z.array(z.object({ profile: z.string(), maxAgents: z.number().int() })),
});

const switched = {
  isOn: z.boolean(),
  /** Since when, Unix ms, and by whom; absent before it was started for the first time. */
  sinceMs: z.number().optional(),
  by: actorSchema.optional(),
  /** Why it is paused. Untrusted text. */
  reason: z.string().optional(),
};

/** What pages show beside the board. */
export const pipelineNowSchema = z.object({
  ...switched,
  maxAgents: z.number().int(),
  /** Slots that are taken. */
  active: z.number().int(),
  /** Stories that could begin, and wait. */
  ready: z.number().int(),
  /** In work, those that wait first; at most 50. */
  working: z.array(workRow),
  /** Why those that could begin do not, the most first. */
  reasons: z.array(z.object({ ...waits, count: z.number().int() })),
});
export type PipelineNow = z.infer<typeof pipelineNowSchema>;

const reason = storyReason.optional().describe('Why, in a few words');
const session = z.number().int();
const nothing = z.object({});
const system = ['system'] as const;
const operator = ['operator'] as const;

export const pipeline = defineFeature({
  name: 'pipeline',
  commands: {
    'pipeline.start': command({
      summary: 'Let stories go to agents by themselves; again: try at once what failed',
      who: operator,
      data: z.object({}),
      result: z.object({ isOn: z.boolean() }),
      cli: { name: 'pipeline start', examples: ['musher pipeline start'] },
    }),
    'pipeline.pause': command({
      summary: 'Begin no more stories by itself; agents at work go on',
      who: operator,
      data: z.object({ reason }),
      result: z.object({ isOn: z.boolean() }),
      cli: {
        name: 'pipeline pause',
        args: ['reason'],
        examples: ['musher pipeline pause "release today"'],
      },
    }),
    'pipeline.begin': command({
      summary: 'A story that is ready gets an agent',
      who: system,
      data: z.object({ story: storyId }),
      result: nothing,
    }),
    'pipeline.drop': command({
      summary: 'A story that was to begin may not any more',
      who: system,
      data: z.object({ story: storyId }),
      result: nothing,
    }),
    'pipeline.fail': command({
      summary: 'The agent of a story could not be made',
      who: system,
      data: z.object({ story: storyId, error: wireErrorSchema }),
      result: nothing,
    }),
    'pipeline.hand': command({
      summary: 'A story in coding is handed to its agent',
      who: system,
      data: z.object({
        story: storyId,
        /** What its agent is told. */
        text: z.string().max(100_000),
      }),
      result: nothing,
    }),
    'pipeline.end': command({
      summary: 'The program of a story’s agent ended',
      who: system,
      data: z.object({ story: storyId, session }),
      result: nothing,
    }),
    'pipeline.remind': command({
      summary: 'An agent sits at its prompt, and its story is neither submitted nor blocked',
      who: system,
      data: z.object({ story: storyId }),
      result: nothing,
    }),
  },
  queries: {
    'pipeline.status': query({
      summary:
        'Show whether stories go to agents by themselves, who works on what, and what waits why',
      who: ['operator', 'agent'],
      data: z.object({
        limit: z.coerce
          .number()
          .int()
          .min(1)
          .max(500)
          .default(30)
          .describe('At most so many stories that wait'),
      }),
      result: z.object({
        ...switched,
        limits,
        active: z.number().int(),
        working: z.array(workRow),
        /** In coding on other machines: they take none of the places of this one. */
        onNodes: z
          .array(
            z.object({
              story: z.string(),
              title: z.string(),
              node: storyNodeSchema,
              nodeNow: storyNodeNowSchema,
            }),
          )
          .default([]),
        /** In the order in which they are taken; all that are in the backlog, or were. */
        waiting: z.array(waitingRow),
        /** How many there are of these. */
        waitingTotal: z.number().int(),
        nowMs: z.number(),
      }),
      cli: { name: 'pipeline status', examples: ['musher pipeline status'] },
    }),
  },
  events: {
    'pipeline.started': event({ v: 1, data: z.object({}) }),
    'pipeline.paused': event({ v: 1, data: z.object({ reason: z.string().optional() }) }),
    'pipeline.begun': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        agent: z.string(),
        profile: z.string(),
        /** One of its own from before. */
        isThere: z.boolean().optional(),
      }),
    }),
    'pipeline.dropped': event({ v: 1, data: z.object({ story: z.string() }) }),
    'pipeline.failed': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        agent: z.string(),
        profile: z.string(),
        error: wireErrorSchema,
        /** In a row, of this profile. */
        tries: z.number().int(),
        /** When the next of this profile is tried, Unix ms. */
        untilMs: z.number(),
      }),
    }),
    'pipeline.handed': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        agent: z.string(),
        /** In which its agent works on it. */
        session,
        /** Its program is started for it. */
        starts: z.boolean(),
        /** Also in its inbox; else it gets it as its first prompt. */
        inInbox: z.boolean(),
        text: z.string(),
        /** Where its branch and its files stood; absent where that could not be told. */
        commit: z.string().optional(),
        tree: z.string().optional(),
      }),
    }),
    'pipeline.ended': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        agent: z.string(),
        session,
        /** `submit`: it brought commits. `again`: none, it is started again. `resume`: so, and it does not count. `block`: that was too often. */
        how: z.enum(['submit', 'again', 'resume', 'block']),
        /** For whoever reads it; of `block` the reason. */
        what: z.string(),
        commit: z.string().optional(),
        tree: z.string().optional(),
        /** Ends in a row that changed nothing, with this one. */
        same: z.number().int(),
        attempts: z.number().int(),
      }),
    }),
    'pipeline.reminded': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        agent: z.string(),
        session,
        text: z.string(),
        attempts: z.number().int(),
      }),
    }),
  },
  records: {},
  live: { pipeline: pipelineNowSchema },
});

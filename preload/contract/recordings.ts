/** Recordings: what terminals showed, to be played again. Their bytes are in files of their own and never in the log. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';

export const recordingSchema = z.object({
  agent: z.string(),
  /** Which start of the agent; 1 is its first. */
  session: z.number(),
  /** When it began, Unix ms. With agent and session it names a recording: an agent of the same name may have been purged. */
  startMs: z.number(),
  /** From its beginning to what was written last, milliseconds. */
  durationMs: z.number(),
  sizeBytes: z.number(),
  /** True while the terminal runs: it becomes longer, by what is written each second. */
  isRunning: z.boolean(),
});
export type Recording = z.infer<typeof recordingSchema>;

const timeMs = z.coerce.number().min(0);
const count = z.coerce.number().int().min(1);
const which = z.object({
  agent: z.string().min(1).max(80).describe('The agent, also one that was purged'),
  session: count.optional().describe('Which start of it; default: the newest'),
  startMs: timeMs.optional().describe('When it began, Unix milliseconds; default: the newest'),
});

const place = z.object({
  /** A file of the recording, from 1. */
  part: z.number(),
  /** Where in it, in bytes; 0 is its beginning, with the whole screen as it was then. */
  at: z.number(),
});
export type RecordingPlace = z.infer<typeof place>;

const recordedEvent = z.object({
  /** Since the recording began, milliseconds. */
  atMs: z.number(),
  /** `o` output, `r` a new size as `80x24`, `m` a mark. */
  code: z.enum(['o', 'r', 'm']),
  /** Untrusted. */
  text: z.string(),
});
export type RecordedEvent = z.infer<typeof recordedEvent>;

const size = z.object({ cols: z.number(), rows: z.number() });

export const recordings = defineFeature({
  name: 'recordings',
  commands: {},
  queries: {
    'recording.list': query({
      summary: 'List what was recorded of agents’ terminals, newest first',
      who: ['operator'],
      data: z.object({
        agent: which.shape.agent.optional().describe('Of this agent alone'),
        limit: count.max(500).default(200).describe('At most so many'),
      }),
      result: z.object({ recordings: z.array(recordingSchema) }),
      cli: { name: 'recording list', args: ['agent'], examples: ['musher recording list backend'] },
    }),
    'recording.export': query({
      summary: 'Export a recording as asciicast v2, for any player',
      who: ['operator'],
      data: which.extend({
        mask: z.boolean().default(true).describe('Hide what looks like a secret'),
        from: z
          .string()
          .regex(/^\d{1,6}:\d{1,12}$/, 'expected what `next` said')
          .optional()
          .describe('Go on from here; default: the beginning'),
      }),
      /** `text`: whole lines, at most about 0.4 MiB; `next` is left out at the end of what is written. */
      result: z.object({ text: z.string(), next: z.string().optional() }),
      cli: {
        name: 'recording export',
        args: ['agent'],
        examples: [
          'musher recording export backend --session 2 --output backend.cast',
          'musher recording export backend | asciinema play -',
        ],
      },
    }),
    'recording.get': query({
      summary: 'Show how a recording is made up',
      who: ['operator'],
      data: which,
      result: z.object({
        recording: recordingSchema,
        /** Each plays alone, and begins with the whole screen. */
        parts: z.array(z.object({ part: z.number(), atMs: z.number() })),
        marks: z.array(z.object({ atMs: z.number(), text: z.string() })),
      }),
    }),
    'recording.page': query({
      summary: 'Read a recording by page, from the beginning of any part',
      who: ['operator'],
      data: which.extend({ part: count.default(1), at: z.coerce.number().int().min(0).default(0) }),
      /** With `at` 0 the terminal is to be reset to `size` first. `next` is left out at the end of what is written. */
      result: z.object({ events: z.array(recordedEvent), size, next: place.optional() }),
    }),
    'recording.find': query({
      summary: 'Find when a text first shows in one part of a recording',
      who: ['operator'],
      data: which.extend({
        text: z.string().min(1).max(200).describe('Upper and lower case count alike'),
        part: count.default(1),
        afterMs: z.coerce
          .number()
          .min(-1)
          .default(-1)
          .describe('Only later than this, in milliseconds since the beginning'),
      }),
      /** `foundMs` is left out when it does not; `nextPart` when there is none. */
      result: z.object({ foundMs: z.number().optional(), nextPart: z.number().optional() }),
    }),
  },
  events: {},
  records: {},
});

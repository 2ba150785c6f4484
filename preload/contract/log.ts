/** The log itself: read by page, checked link by link. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';
import { actorSchema } from './envelope.ts';

export const eventSchema = z.object({
  seq: z.number(),
  id: z.string(),
  atMs: z.number(),
  type: z.string(),
  v: z.number(),
  actor: actorSchema,
  via: z.enum(['system']).optional(),
  causeId: z.string(),
  data: z.unknown(),
  hash: z.string(),
});

const seq = z.coerce.number().int().min(0);

export const log = defineFeature({
  name: 'log',
  commands: {},
  queries: {
    'log.page': query({
      summary: 'Read the log by page',
      who: ['operator'],
      data: z.object({
        after: seq.optional().describe('Events after this number, oldest first'),
        before: seq
          .optional()
          .describe('The newest events before this number; default: the end of the log'),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
      result: z.object({ events: z.array(eventSchema), head: z.number() }),
      cli: { name: 'log', examples: ['musher log --limit 100', 'musher log --after 1200'] },
    }),
    'log.verify': query({
      summary: 'Prove that no event was changed, added or removed',
      who: ['operator'],
      data: z.object({}),
      result: z.object({
        ok: z.boolean(),
        head: z.number(),
        hash: z.string(),
        brokenAt: z.number().optional(),
        reason: z.string().optional(),
      }),
      cli: { name: 'verify' },
    }),
  },
  events: {},
  records: {},
});

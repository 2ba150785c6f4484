/**
 * The watchdog: limits of what an agent may use, shapes in which agents are stuck, and programs that no record knows. It looks every
 * 30 seconds, decides from what is written and what is seen, and tells a thing once.
 */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';
import { command, defineFeature, event, query } from './define.ts';
import { limitBounds, limitKinds } from './limits.ts';
import { configFileSchema } from './settings.ts';

export const limitKindSchema = z.enum(limitKinds);

const within = ({ least, most }: { least: number; most: number }) =>
  z.number().min(least).max(most);
const turns = within(limitBounds.turns).int();
const costUsd = within(limitBounds.costUsd);
const timeMs = within(limitBounds.timeMs).int();

const none = z.enum(['none']);
const word = z.enum(['none', 'config']);
const orWord = '`none` lifts the limit, `config` leaves it to the config files';
const wishes = {
  turns: z.union([turns, word]).optional().describe(`Turns in which it used a tool; ${orWord}`),
  costUsd: z.union([costUsd, word]).optional().describe(`US dollars, as its CLI tells; ${orWord}`),
  timeMs: z
    .union([timeMs, word])
    .optional()
    .describe(`Time that its program runs, pauses left out, milliseconds; ${orWord}`),
};

/** An agent's own: absent leaves it to the config files, `none` is no limit whatever those say. */
const own = z.union([z.number(), none]).optional();
export const ownLimitsSchema = z.object({ turns: own, costUsd: own, timeMs: own });
export type OwnLimits = z.infer<typeof ownLimitsSchema>;

/**
 * `stuck-on-prompt`: its CLI asks at its own screen, or text lies at its prompt unsent, for 30 s and nothing of it is in the Inbox;
 * `stream-timeout`: its screen says that the connection to its model broke; `context-bloat`: 250,000 tokens or more in its context;
 * `no-progress`: at work for 25 minutes without a sign of it; `blocked-on-supervisor`: it has waited for the operator for 15 minutes.
 */
export const shapeSchema = z.enum([
  'stuck-on-prompt',
  'stream-timeout',
  'context-bloat',
  'no-progress',
  'blocked-on-supervisor',
]);
export type Shape = z.infer<typeof shapeSchema>;

const words = z.string().max(500);

export const stuckSchema = z.object({
  shape: shapeSchema,
  /** Since when it is so, Unix ms; before it was told. */
  sinceMs: z.number(),
  /** One line that says what is the matter. Untrusted text. */
  what: words,
  /** What it was seen by: `hook`, `screen`, `inbox`, `report`, `status line`, `log`. */
  evidence: words,
});
export type Stuck = z.infer<typeof stuckSchema>;

const count = z.number().int().optional();
const countsSchema = z.object({
  'stuck-on-prompt': count,
  'stream-timeout': count,
  'context-bloat': count,
  'no-progress': count,
  'blocked-on-supervisor': count,
});

/** Of the agent of this id. */
export const watchRecordSchema = z.object({
  id: z.string(),
  limits: ownLimitsSchema,
  /** Those that were told at 80 % and are near still, each with the limit that it was told of. */
  near: z.object({
    turns: z.number().optional(),
    costUsd: z.number().optional(),
    timeMs: z.number().optional(),
  }),
  stuck: z.array(stuckSchema),
  /** How often each shape was told since the agent was added. */
  told: countsSchema,
});
export type WatchRecord = z.infer<typeof watchRecordSchema>;

/** One limit and how far it is used. */
export const useSchema = z.object({
  kind: limitKindSchema,
  /** Absent: there is none. */
  of: z.number().optional(),
  /** Absent where its CLI does not tell it. */
  used: z.number().optional(),
  from: z.enum(['agent', 'config', 'none']),
  /** What the config files say, also where the agent's own goes before it; absent where they say nothing. */
  config: z
    .object({
      of: z.number(),
      path: z.string(),
      origin: configFileSchema.shape.origin,
      /** As it stands there: `limits.profiles.claude.turns`. */
      key: z.string(),
    })
    .optional(),
});
export type Use = z.infer<typeof useSchema>;

const ofLimit = z.object({
  agent: z.string(),
  kind: limitKindSchema,
  used: z.number(),
  of: z.number(),
});
const ofKind = z.object({ agent: z.string(), kind: limitKindSchema });
const ofShape = z.object({ agent: z.string(), shape: shapeSchema });
const found = stuckSchema.extend({ agent: z.string() });
const orphan = z.object({ terminalId: z.string() });
/** Unix ms. */
const slept = z.object({ fromMs: z.number(), toMs: z.number() });
const usage = z.object({
  costUsd: z
    .number()
    .min(0)
    .max(1_000_000)
    .optional()
    .describe('US dollars of this session so far, as your CLI tells'),
  contextTokens: z
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
    .optional()
    .describe('Tokens in your context now'),
});

export const watchdog = defineFeature({
  name: 'watchdog',
  commands: {
    'agent.limits': command({
      summary:
        'Limit what an agent may use in one run: turns, cost and time; a reached limit stops it',
      who: ['operator'],
      data: z.object({ agent: agentRef, ...wishes }),
      /** The agent's own after this. */
      result: z.object({ agent: z.string(), limits: ownLimitsSchema }),
      cli: {
        name: 'agent limits',
        args: ['agent'],
        examples: [
          'musher agent limits backend --turns 50 --cost 5 --time 2h',
          'musher agent limits backend --cost none --turns config',
        ],
      },
    }),
    /** Written where it says noticeably more than is known. */
    'agent.usage': command({
      summary: 'Tell what your CLI says of its cost and of its context',
      who: ['agent'],
      data: usage,
      result: z.object({}),
      cli: {
        name: 'usage',
        examples: ['musher usage --cost 0.42', 'some-status-line | musher usage --payload'],
      },
    }),
    'watchdog.near_limit': command({
      summary: 'An agent has used 80 % of a limit',
      who: ['system'],
      data: ofLimit,
      result: z.object({}),
    }),
    'watchdog.clear_near': command({
      summary: 'An agent is not near a limit that it was told to be near',
      who: ['system'],
      data: ofKind,
      result: z.object({}),
    }),
    'watchdog.find_stuck': command({
      summary: 'An agent is stuck',
      who: ['system'],
      data: found,
      result: z.object({}),
    }),
    'watchdog.find_free': command({
      summary: 'An agent is not stuck so any more',
      who: ['system'],
      data: ofShape,
      result: z.object({}),
    }),
    'watchdog.wake': command({
      summary: 'The machine was asleep, and is awake again',
      who: ['system'],
      data: slept,
      result: z.object({}),
    }),
    'watchdog.reap': command({
      summary: 'A program runs that no record knows, and is ended',
      who: ['system'],
      data: orphan,
      result: z.object({}),
    }),
  },
  queries: {
    'agent.watch': query({
      summary: 'Show what an agent has used of its limits, and where it is stuck',
      who: ['operator'],
      data: z.object({ agent: agentRef }),
      result: z.object({
        agent: z.string(),
        uses: z.array(useSchema),
        /** Tokens, as its CLI told last. */
        contextTokens: z.number().optional(),
        stuck: z.array(stuckSchema),
        told: countsSchema,
        /** The hub's clock, Unix ms. */
        nowMs: z.number(),
      }),
      cli: { name: 'agent watch', args: ['agent'] },
    }),
  },
  events: {
    /** Those that are absent stay as they were. */
    'watchdog.limits_set': event({ v: 1, data: z.object({ agent: z.string(), ...wishes }) }),
    'watchdog.usage_told': event({
      v: 1,
      data: z.object({
        agent: z.string(),
        costUsd: z.number().optional(),
        contextTokens: z.number().optional(),
      }),
    }),
    'watchdog.limit_near': event({ v: 1, data: ofLimit }),
    'watchdog.near_cleared': event({ v: 1, data: ofKind }),
    'watchdog.stuck_found': event({ v: 1, data: found }),
    'watchdog.stuck_gone': event({ v: 1, data: ofShape }),
    'watchdog.slept': event({ v: 1, data: slept }),
    'watchdog.orphan_reaped': event({ v: 1, data: orphan }),
  },
  records: { watch: watchRecordSchema },
});

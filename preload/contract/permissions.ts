/**
 * Permissions: what a CLI would ask at its own screen, asked of the operator instead. The CLI's own hook brings it and waits;
 * whoever decides first counts, and a CLI that nobody answers asks at its screen as ever. Of a CLI without such a hook its screen
 * tells, and the decision is typed there.
 */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { actorSchema } from './envelope.ts';
import { waitMs } from './messages.ts';
import { maxInputChars } from './permission-input.ts';

/** `low`: reads in its worktree; `medium`: changes there; `high`: reaches beyond it, or cannot be taken back. */
export const riskSchema = z.enum(['low', 'medium', 'high']);
export type Risk = z.infer<typeof riskSchema>;

/**
 * `returned`: the operator left it to the CLI's own screen; `elsewhere`: it was decided there; `lapsed`: nobody waits for the
 * answer any more; `stale`: decided, but its screen showed something else by then, or did not take the keys: see `problem`.
 */
export const permissionStateSchema = z.enum([
  ...['open', 'allowed', 'denied', 'returned', 'elsewhere', 'lapsed', 'stale'],
] as const);

const tool = z.string().min(1).max(200);
const input = z.string().max(maxInputChars);

/** The prompt on a CLI's screen that asks, as far as the screen tells. Untrusted text. */
export const permissionScreenSchema = z.object({
  terminalId: z.string(),
  /** Without its frame. A decision is typed only where exactly this still stands. */
  text: z.string().max(20_000),
  /** Of the screen that it was read from, columns. */
  cols: z.number().int(),
  /** False: the CLI shows a part of it, or nobody can tell. */
  isWhole: z.boolean(),
  /** Whole and of one line: what `always` needs. */
  isExact: z.boolean(),
});
export type PermissionScreen = z.infer<typeof permissionScreenSchema>;

export const permissionRecordSchema = z.object({
  id: z.string(),
  agent: z.string(),
  /** As the CLI names it: `Bash`, `Edit`. Untrusted text, as `input` is. */
  tool,
  /** What the tool is to do, whole: JSON as the CLI gave it. */
  input,
  /** The one line of it that says most: a command, a path. What a rule is about. */
  subject: z.string(),
  risk: riskSchema,
  /** Why it is of that risk, each a few words. */
  reasons: z.array(z.string()),
  state: permissionStateSchema,
  askedMs: z.number(),
  /** Left out: its hook asked. */
  screen: permissionScreenSchema.optional(),
  /** Its keys were typed, and its prompt went. */
  isKeyed: z.boolean().optional(),
  /** Of a stale one: what was found. */
  problem: z.string().optional(),
  /** Decided for every later time too. */
  always: z.boolean().optional(),
  /** Allowed by a rule that stood already. */
  byRule: z.boolean().optional(),
  /** What the agent is told with a no. */
  note: z.string().optional(),
  settledBy: actorSchema.optional(),
  settledMs: z.number().optional(),
});
export type PermissionRecord = z.infer<typeof permissionRecordSchema>;

export const permissionRuleSchema = z.object({
  id: z.string(),
  agent: z.string(),
  tool,
  subject: z.string(),
  sinceMs: z.number(),
});
export type PermissionRule = z.infer<typeof permissionRuleSchema>;

const id = z.string().min(1).max(80);
const one = z.object({ permission: id });
const asked = z.object({
  tool: tool.describe('The tool, as the CLI names it'),
  input: input.describe('What it is to do: the CLI’s own JSON'),
});

const outcome = {
  outcome: z.enum(['taken', 'stale']),
  /** Of a stale one. */
  reason: z.string().max(500).optional(),
};

export const permissions = defineFeature({
  name: 'permissions',
  commands: {
    'permission.ask': command({
      summary: 'Ask the operator whether a tool may be used; a rule may answer at once',
      who: ['agent'],
      data: asked,
      result: permissionRecordSchema,
      cli: {
        name: 'permission ask',
        args: ['tool', 'input'],
        examples: ['some-hook-runner | musher permission ask --payload'],
      },
    }),
    'permission.ran': command({
      summary: 'A tool was used: what was still asked about it was decided at the CLI’s own screen',
      who: ['agent'],
      data: asked,
      result: z.object({}),
      cli: { name: 'permission ran', args: ['tool', 'input'] },
    }),
    'permission.allow': command({
      summary: 'Let an agent use the tool that it asks for',
      who: ['operator'],
      byHand: 'it decides on exactly what you see',
      data: one.extend({
        always: z
          .boolean()
          .default(false)
          .describe('Also each later time that this agent asks for the same'),
      }),
      result: one,
      cli: {
        name: 'permission allow',
        args: ['permission'],
        examples: [
          'musher permission allow perm-3f2a',
          'musher permission allow perm-3f2a --always',
        ],
      },
    }),
    'permission.deny': command({
      summary: 'Refuse it; the agent goes on without',
      who: ['operator'],
      data: one.extend({
        note: z
          .string()
          .max(2_000)
          .optional()
          .describe('What the agent is told, and should do instead'),
      }),
      result: one,
      cli: { name: 'permission deny', args: ['permission', 'note'] },
    }),
    'permission.return': command({
      summary: 'Leave it to the CLI, which then asks in its own terminal',
      who: ['operator'],
      data: one,
      result: one,
      cli: { name: 'permission return', args: ['permission'] },
    }),
    'permission.revoke': command({
      summary: 'Take back what an agent was always allowed',
      who: ['operator'],
      data: z.object({ rule: id }),
      result: z.object({}),
      cli: { name: 'permission revoke', args: ['rule'] },
    }),
    'permission.lapse': command({
      summary: 'Nobody waits for this answer any more',
      who: ['system'],
      data: one,
      result: z.object({}),
    }),
    'permission.see': command({
      summary: 'The screen of an agent asks for a permission; what it asked before is over',
      who: ['system'],
      data: asked.extend({
        agent: z.string(),
        screen: permissionScreenSchema,
        isAgain: z.boolean().describe('It is still there after a decision: no rule answers it'),
      }),
      result: z.object({ permission: id.optional() }),
    }),
    'permission.vanish': command({
      summary: 'The screen asks for it no more: it was answered there',
      who: ['system'],
      data: one,
      result: z.object({}),
    }),
    'permission.keyed': command({
      summary: 'What became of the keys that were to be typed for a decision',
      who: ['system'],
      data: one.extend({ agent: z.string(), ...outcome }),
      result: z.object({}),
    }),
  },
  queries: {
    'permission.list': query({
      summary: 'List what agents ask to be allowed, oldest first',
      who: ['operator'],
      data: z.object({ all: z.boolean().default(false).describe('Include what was decided') }),
      result: z.object({ permissions: z.array(permissionRecordSchema) }),
      cli: { name: 'permission list' },
    }),
    'permission.get': query({
      summary: 'Show one, waiting until it is decided',
      who: ['operator', 'agent'],
      data: z.object({ permission: id, waitMs }),
      result: permissionRecordSchema,
      cli: { name: 'permission get', args: ['permission'] },
    }),
    'permission.rules': query({
      summary: 'List what agents are always allowed',
      who: ['operator'],
      data: z.object({ agent: z.string().optional().describe('Only this one’s') }),
      result: z.object({ rules: z.array(permissionRuleSchema) }),
      cli: { name: 'permission rules', args: ['agent'] },
    }),
  },
  events: {
    'permission.asked': event({
      v: 1,
      data: asked.extend({
        permission: id,
        agent: z.string(),
        subject: z.string(),
        risk: riskSchema,
        reasons: z.array(z.string()),
        screen: permissionScreenSchema.optional(),
      }),
    }),
    /** `byRule`: without asking; the event then is the first of its permission. `rule`: the one that was made by it. */
    'permission.allowed': event({
      v: 1,
      data: z.object({
        permission: id,
        agent: z.string(),
        tool,
        subject: z.string(),
        byRule: z.boolean(),
        rule: id.optional(),
      }),
    }),
    'permission.denied': event({
      v: 1,
      data: z.object({
        permission: id,
        agent: z.string(),
        tool,
        subject: z.string(),
        note: z.string().optional(),
      }),
    }),
    'permission.closed': event({
      v: 1,
      data: z.object({
        permission: id,
        agent: z.string(),
        how: permissionStateSchema.extract(['returned', 'elsewhere', 'lapsed']),
      }),
    }),
    'permission.keyed': event({
      v: 1,
      data: z.object({ permission: id, agent: z.string(), ...outcome }),
    }),
    'permission.revoked': event({ v: 1, data: z.object({ rule: id, agent: z.string() }) }),
  },
  records: { permission: permissionRecordSchema, permissionRule: permissionRuleSchema },
});

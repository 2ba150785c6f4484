/** What a CLI's own hooks tell of it, and which of its conversations an agent is in. */
import { z } from 'zod';
import { conversationIdPattern } from './conversation-id.ts';
import { command, event } from './define.ts';

/** The CLI's own id of a conversation, by which it can be taken up again. */
export const conversationId = z
  .string()
  .regex(conversationIdPattern, 'expected 1 to 200 letters, digits and . _ : -');

/**
 * What happened: `session`: a conversation began or was taken up; `busy`: it works, or works on; `idle`: its turn is over, it is
 * at its prompt; `waiting`: it waits for the operator at its own screen; `limit`: its account or model takes no more for now.
 */
export const hookEventSchema = z.enum(['session', 'busy', 'idle', 'waiting', 'limit']);
export type HookEvent = z.infer<typeof hookEventSchema>;

/** The newest that a hook told of the present session; none of `session`, which says nothing of what it does. */
export const hookStateSchema = hookEventSchema.exclude(['session']);
export type HookState = z.infer<typeof hookStateSchema>;

/**
 * How the present session began: `new`: a conversation of its own; `resumed`: the one of this id, by the CLI's own word for it;
 * `continued`: the last one in this folder, whichever that was, because no id is known.
 */
export const conversationSchema = z.object({
  how: z.enum(['new', 'resumed', 'continued']),
  /** As far as it is known. */
  id: conversationId.optional(),
});
export type Conversation = z.infer<typeof conversationSchema>;

const hookData = z.object({
  event: hookEventSchema.describe('session, busy, idle, waiting or limit'),
  sessionId: conversationId
    .optional()
    .describe('The CLI’s own id of the conversation, for taking it up again'),
  detail: z
    .string()
    .max(2_000)
    .optional()
    .describe(
      'In its own words: what it waits for, until when its limit lasts, how the session began',
    ),
  tool: z.boolean().optional().describe('It uses a tool now: with `busy`, its turn does something'),
  failed: z
    .boolean()
    .optional()
    .describe(
      'With `waiting`: its turn was refused, and so will be the next until somebody mends it',
    ),
});

export const hookCommands = {
  'agent.hook': command({
    summary: 'Tell, from a hook of your CLI, what it does now; written only when that changes',
    who: ['agent'],
    data: hookData,
    result: z.object({}),
    cli: {
      name: 'hook',
      args: ['event', 'detail'],
      examples: ['musher hook idle', 'musher hook waiting "may it run npm test?" < payload.json'],
    },
  }),
  'agent.conversation_chosen': command({
    summary: 'The conversation that a CLI is about to begin has this id',
    who: ['system'],
    data: z.object({ agent: z.string(), conversation: conversationId }),
    result: z.object({}),
  }),
  'agent.resume_failed': command({
    summary: 'A program that was to take up a conversation ended instead',
    who: ['system'],
    data: z.object({ agent: z.string(), session: z.number().int() }),
    result: z.object({}),
  }),
};

export const hookEvents = {
  /** What it does changed, by its CLI's own word. Untrusted text in `detail`. */
  'agent.hooked': event({
    v: 1,
    data: z.object({
      agent: z.string(),
      event: hookStateSchema,
      detail: z.string().optional(),
      /** Of `waiting`: its turn was refused; that it is at its prompt says nothing new then. */
      failed: z.boolean().optional(),
    }),
  }),
  /** The first tool of the turn that goes on: it does something. */
  'agent.tool_used': event({ v: 1, data: z.object({ agent: z.string() }) }),
  /**
   * Which conversation it is in: chosen before its program began, or told by its hook (`isTold`), which also proves that
   * hooks work.
   */
  'agent.conversation_named': event({
    v: 1,
    data: z.object({ agent: z.string(), conversation: conversationId, isTold: z.boolean() }),
  }),
  /** The operator wants the next start to begin a conversation of its own. */
  'agent.conversation_left': event({ v: 1, data: z.object({ agent: z.string() }) }),
};

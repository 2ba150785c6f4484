/**
 * What a timer or a trigger does when its moment comes. Plain data: checked when it is stored and again when it is done, for
 * commands come and go. It is done in the name of who stored it, so it can never do more than that one may.
 */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';

export const actionText = z.string().trim().min(1).max(20_000);

/** Any command that its owner may use, unless it is done by hand alone (`byHand` in define.ts). */
export const commandActionSchema = z.object({
  kind: z.literal('command'),
  /** `story.move` */
  type: z.string().min(1).max(80),
  /** As it was given; defaults are filled in when it is done. */
  data: z.record(z.string(), z.unknown()),
});
export type CommandAction = z.infer<typeof commandActionSchema>;

/** With `agent`: a message to that one, which is started or woken for it. Without: a story of this text, and an agent started for it. */
export const promptActionSchema = z.object({
  kind: z.literal('prompt'),
  text: z.string(),
  agent: z.string().optional(),
  /** Of the agent that is started. */
  profile: z.string().optional(),
});
export type PromptAction = z.infer<typeof promptActionSchema>;

/** A note to who stored it: an item of the operator's Inbox, or something in the agent's own. Of timers alone. */
export const remindActionSchema = z.object({ kind: z.literal('remind'), text: z.string() });
export type RemindAction = z.infer<typeof remindActionSchema>;

/** What happened, sent to an address as JSON. Of triggers alone. */
export const webhookActionSchema = z.object({
  kind: z.literal('webhook'),
  url: z.string(),
  /** Over http to another machine. */
  plainHttp: z.literal(true).optional(),
});
export type WebhookAction = z.infer<typeof webhookActionSchema>;

export const actionSchema = z.discriminatedUnion('kind', [
  commandActionSchema,
  promptActionSchema,
  remindActionSchema,
  webhookActionSchema,
]);
export type Action = z.infer<typeof actionSchema>;

/**
 * How an action is given, beside the other fields of the command that stores it: one of `command` and `prompt`. The `musher` command adds
 * `--do 'story move s-3 coding'`, which is read into `command` and `data`.
 */
export const actionFields = {
  command: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe('The command to do, by its type, story.move; --do takes it as it is typed'),
  data: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What that command takes, as its HTTP route does'),
  prompt: actionText
    .optional()
    .describe('What an agent is to do, in words: with --to a message to that one, else a story'),
  to: agentRef
    .optional()
    .describe('The agent that is told; left out, one is started for a story of its own'),
  profile: z.string().min(1).max(40).optional().describe('Profile of the agent that is started'),
};
export type ActionFields = z.infer<z.ZodObject<typeof actionFields>>;

/** `none` or `several`: not exactly one was given. Else the field that does not go with the others. */
export type ActionFault = 'none' | 'several' | keyof ActionFields;

export function actionOf(
  fields: ActionFields,
): { readonly action: Action } | { readonly fault: ActionFault } {
  const { command: type, data = {}, prompt: text, to: agent, profile } = fields;
  const stray = (...names: ReadonlyArray<keyof ActionFields>) =>
    names.find((name) => fields[name] !== undefined);
  if (type !== undefined) {
    const fault = text === undefined ? stray('to', 'profile') : 'several';
    return fault === undefined ? { action: { kind: 'command', type, data } } : { fault };
  }
  if (text === undefined) return { fault: 'none' };
  const fault = agent === undefined ? stray('data') : stray('data', 'profile');
  return fault === undefined ? { action: { kind: 'prompt', text, agent, profile } } : { fault };
}

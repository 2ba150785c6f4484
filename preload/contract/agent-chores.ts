/**
 * Chores: the commands that the config has for worktrees. `setup` runs before an agent's program, once for each worktree
 * and each wording; `teardown` before a worktree is taken away. Each command runs in a terminal of its own.
 */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';
import { command, event, query } from './define.ts';
import { wireErrorSchema } from './wire-error.ts';

const kindSchema = z.enum(['setup', 'teardown']);
export type ChoreKind = z.infer<typeof kindSchema>;
/** Program and arguments of each, in order. */
const commandLines = z.array(z.array(z.string()));
const run = z.number().int();

/** `cut`: the operator had it cancelled. What failed or was cut is run again, whole, at the next start. */
const howSchema = z.enum(['done', 'failed', 'cut']);

export const choreSchema = z.object({
  kind: kindSchema,
  state: z.enum(['running', ...howSchema.options]),
  /** Which one it is: the position in the log of its beginning. */
  run,
  commands: commandLines,
  /** Which of them runs, or was the last to run, from 0; absent before the first. */
  index: z.number().int().optional(),
  /** Where that command is shown; what it wrote stays there when it ended. */
  terminalId: z.string().optional(),
  /** When the chore began, Unix ms. */
  startedMs: z.number(),
  /** When the command of `index` began. */
  sinceMs: z.number(),
  /** How long each command may take, milliseconds. */
  timeoutMs: z.number(),
  endedMs: z.number().optional(),
  error: wireErrorSchema.optional(),
});
export type Chore = z.infer<typeof choreSchema>;

/** Of the agent of this key, while a command of a chore runs. */
export const choreLineSchema = z.object({
  /** The last line that it wrote which is not empty, at most 200 characters; looked at each second. Untrusted text. */
  line: z.string(),
});

/** The work that goes on when a chore ended: of the hub alone. */
const nextSchema = z.object({ kind: z.string(), data: z.record(z.string(), z.unknown()) });
const agent = z.string();

export const choreCommands = {
  'worktree.setup': command({
    summary:
      'Run the config’s setup commands in the worktree of a stopped agent, where they have not run as they are now',
    who: ['operator'],
    data: z.object({
      agent: agentRef,
      again: z.boolean().default(false).describe('Also where they have run already'),
    }),
    result: z.object({
      agent,
      /** False where they have run already, as they are now. */
      begun: z.boolean(),
    }),
    cli: {
      name: 'worktree setup',
      args: ['agent'],
      examples: ['musher worktree setup backend --again'],
    },
  }),
  'worktree.trust': command({
    summary:
      'Confirm the setup and teardown commands of this repository’s config, so that they may run on this machine',
    who: ['operator'],
    byHand: 'you confirm exactly what you see',
    data: z.object({
      hash: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'expected the hash that `musher worktree commands` shows')
        .describe('What exactly you confirm: as `musher worktree commands` shows it'),
    }),
    result: z.object({}),
    cli: { name: 'worktree trust', args: ['hash'], examples: ['musher worktree trust 3f0c…'] },
  }),
  'agent.begin_chore': command({
    summary: 'The worktree of an agent wants its commands run',
    who: ['system'],
    data: z.object({
      ...{ agent, kind: kindSchema, commands: commandLines, timeoutMs: z.number() },
      /** What is noted in the worktree once they are done. */
      hash: z.string(),
      worktreePath: z.string(),
      /** Goes on also where they fail. */
      isForced: z.boolean().default(false),
      next: nextSchema.optional(),
    }),
    result: z.object({}),
  }),
  'agent.chore_step': command({
    summary: 'A command of a chore begins',
    who: ['system'],
    data: z.object({ agent, run, index: z.number().int() }),
    result: z.object({}),
  }),
  'agent.end_chore': command({
    summary: 'A chore ended',
    who: ['system'],
    data: z.object({
      ...{ agent, run, how: howSchema, error: wireErrorSchema.optional() },
      ...{ isForced: z.boolean().default(false), next: nextSchema.optional() },
    }),
    result: z.object({}),
  }),
  'agent.set_up': command({
    summary: 'There is nothing to set up in the worktree',
    who: ['system'],
    data: z.object({ agent }),
    result: z.object({}),
  }),
};

export const choreQueries = {
  'worktree.commands': query({
    summary: 'Show the setup and teardown commands of worktrees, and whether they may run',
    who: ['operator'],
    data: z.object({}),
    result: z.object({
      setup: commandLines,
      teardown: commandLines,
      /** Of what the repository brings and nobody has confirmed on this machine yet: what names it. */
      unconfirmed: z.object({ hash: z.string() }).optional(),
    }),
    cli: { name: 'worktree commands' },
  }),
};

export const choreEvents = {
  'agent.chore_begun': event({
    v: 1,
    data: z.object({ agent, kind: kindSchema, run, commands: commandLines, timeoutMs: z.number() }),
  }),
  'agent.chore_stepped': event({
    v: 1,
    data: z.object({ agent, run, index: z.number().int(), terminalId: z.string() }),
  }),
  'agent.chore_cut': event({ v: 1, data: z.object({ agent, run }) }),
  'agent.chore_ended': event({
    v: 1,
    data: z.object({ agent, run, how: howSchema, error: wireErrorSchema.optional() }),
  }),
  /** On this machine; the hash is kept in the user's own data, never here alone. */
  'worktree.trusted': event({
    v: 1,
    data: z.object({ hash: z.string(), setup: commandLines, teardown: commandLines }),
  }),
};

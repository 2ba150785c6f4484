/** Profiles as callers see them: how each kind of CLI is started, and whether it can be here. */
import { z } from 'zod';
import { command, event, query } from './define.ts';

/** Where a profile comes from; what a repository brings runs only when the operator has confirmed it. */
export const profileOriginSchema = z.enum(['built-in', 'user', 'repository']);
export type ProfileOrigin = z.infer<typeof profileOriginSchema>;

export const profileRowSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** False when the program is not there; `hint` says how to install it. True of one that each worktree has its own of. */
  installed: z.boolean(),
  program: z.string().optional(),
  hint: z.string().optional(),
  /** True when `agent.add` must name a command. */
  needsCommand: z.boolean(),
  takesPrompt: z.boolean(),
  origin: profileOriginSchema,
  /** How it takes up its conversation after a restart: by an id, the last one in its folder, or not at all. */
  resumes: z.enum(['by-id', 'last-in-folder', 'never']),
  /** Of a repository's profile that nobody has confirmed on this machine yet: what would run, and what names it. */
  unconfirmed: z.object({ commandLine: z.string(), hash: z.string() }).optional(),
});
export type ProfileRow = z.infer<typeof profileRowSchema>;

export const profileCommands = {
  'profile.trust': command({
    summary: 'Confirm a profile of this repository’s config, so that it may run on this machine',
    who: ['operator'],
    byHand: 'you confirm exactly what you see',
    data: z.object({
      profile: z.string().min(1).max(40).describe('Its name'),
      hash: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'expected the hash that `musher agent profiles` shows')
        .describe('What exactly you confirm: as `musher agent profiles` shows it'),
    }),
    result: z.object({}),
    cli: {
      name: 'agent trust',
      args: ['profile', 'hash'],
      examples: ['musher agent trust reviewer 3f0c…'],
    },
  }),
};

export const profileQueries = {
  'agent.profiles': query({
    summary: 'List the profiles and whether their CLI is installed',
    who: ['operator'],
    data: z.object({}),
    result: z.object({ profiles: z.array(profileRowSchema) }),
    cli: { name: 'agent profiles' },
  }),
};

export const profileEvents = {
  /** On this machine; the hash is kept in the user's own data, never here alone. */
  'profile.trusted': event({
    v: 1,
    data: z.object({ profile: z.string(), hash: z.string(), commandLine: z.string() }),
  }),
};

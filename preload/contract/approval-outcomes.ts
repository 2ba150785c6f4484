/** What follows a merge: the push of its target, the word to all who work for that target, and the way back. */
import { z } from 'zod';
import { command, event } from './define.ts';
import { mergeFailureKinds } from './merge-failures.ts';
import { wireErrorSchema } from './wire-error.ts';

const approval = z.string().min(1).max(80);
const commit = z.string();

/** Of one approval that takes back another. */
export const undoesSchema = z.object({
  approval: z.string(),
  /** Whose work is taken back. */
  agent: z.string(),
});
export type Undoes = z.infer<typeof undoesSchema>;

/** How the push after a merge stands. The target is merged here, whatever becomes of it. */
export const pushSchema = z.object({
  remote: z.string(),
  state: z.enum(['pushing', 'pushed', 'failed']),
  /** Since when, Unix ms. */
  atMs: z.number(),
  kind: z.enum(mergeFailureKinds).optional(),
  error: wireErrorSchema.optional(),
});
export type Push = z.infer<typeof pushSchema>;

/** What a target got since its agents were told last. */
export const advanceSchema = z.object({
  target: z.string(),
  from: commit,
  to: commit,
  /** Newest first, at most 20, along the target itself. */
  commits: z.array(z.object({ commit, subject: z.string() })),
  commitCount: z.number(),
  /** At most 50. Untrusted text, as the subjects. */
  files: z.array(z.string()),
  fileCount: z.number(),
  /** All agents of that target, each with at most 20 of the files that it changed as well. */
  agents: z.array(z.object({ agent: z.string(), touches: z.array(z.string()) })),
});
export type Advance = z.infer<typeof advanceSchema>;

const subject = { approval: z.string(), agent: z.string(), title: z.string(), target: z.string() };

export const outcomeCommands = {
  'approval.undo': command({
    summary: 'Ask for a merge to be taken back: a new approval, whose commit reverts it',
    who: ['operator'],
    data: z.object({ approval }),
    result: z.object({ approval: z.string(), commit }),
    cli: { name: 'undo', args: ['approval'], examples: ['musher undo a-7'] },
  }),
  'approval.push': command({
    summary: 'Push what was merged once more, after a push that failed',
    who: ['operator'],
    data: z.object({ approval }),
    result: z.object({ approval: z.string() }),
    cli: { name: 'queue push', args: ['approval'] },
  }),
  'approval.pushed': command({
    summary: 'The remote has what was merged',
    who: ['system'],
    data: z.object({ approval, remote: z.string() }),
    result: z.object({}),
  }),
  'approval.push_failed': command({
    summary: 'The remote did not take what was merged',
    who: ['system'],
    data: z.object({ approval, remote: z.string(), error: wireErrorSchema }),
    result: z.object({}),
  }),
  'target.advance': command({
    summary: 'Tell the agents of a target what it got',
    who: ['system'],
    data: advanceSchema,
    result: z.object({}),
  }),
};

export const outcomeEvents = {
  'approval.pushing': event({ v: 1, data: z.object({ ...subject, remote: z.string() }) }),
  'approval.pushed': event({ v: 1, data: z.object({ ...subject, remote: z.string() }) }),
  'approval.push_failed': event({
    v: 1,
    data: z.object({
      ...subject,
      remote: z.string(),
      kind: z.enum(mergeFailureKinds),
      error: wireErrorSchema,
    }),
  }),
  'target.advanced': event({ v: 1, data: advanceSchema }),
};

/** Each thing that says something of an agent's status: how old it is, and how far it is believed. */
import { z } from 'zod';
import { wireErrorSchema } from './wire-error.ts';

/**
 * How far evidence is believed. What Musher holds itself (process, open questions, approvals and other waits) is `high` for as
 * long as it is so. What is told begins as `high` (a hook), `medium` (the agent's own word) or `low` (its screen), and loses a step after
 * 5 minutes, all of it after 30, unless what was heard since bears it out. That something was heard or written, or a heartbeat came, is `low`: it says
 * that there is life, never what it does.
 */
export const confidenceSchema = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof confidenceSchema>;

/** What the phrases of its profile tell of its screen; `nothing`: none of them is on it. */
export const screenWordSchema = z.enum(['busy', 'ready', 'waiting', 'limit', 'nothing']);
export type ScreenWord = z.infer<typeof screenWordSchema>;

export const evidenceSchema = z.object({
  /** Strongest first, as the list is. `worktree`: only while it is missing; never decides the status. `output`: the program said something, or called Musher. `files`: something in its worktree was written, by whomever. */
  source: z.enum([
    'process',
    'worktree',
    'question',
    'approval',
    'wait',
    'hook',
    'report',
    'screen',
    'output',
    'files',
    'heartbeat',
  ]),
  /** In one word: `running`, `waiting`, `working`, `alive`. */
  says: z.string(),
  /** In its own words; untrusted text. */
  note: z.string().optional(),
  /** Since when it says so, Unix ms; of `output`, `files` and `heartbeat`: when the last one was. */
  sinceMs: z.number(),
  confidence: confidenceSchema,
  /** The status is what this says. */
  wins: z.boolean(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Of the agent of this key, while its program runs and a heartbeat file names it. */
export const heartbeatSchema = z.object({
  /** When it was, Unix ms. Never ahead of the hub's clock. */
  atMs: z.number(),
  /** Its own clock is ahead; `atMs` is when the file was written. */
  isAhead: z.boolean(),
  /** As the file has them; untrusted text. */
  machine: z.string().optional(),
  issue: z.string().optional(),
});
export type HeartbeatRecord = z.infer<typeof heartbeatSchema>;

/** Of the agent of this key, while its program runs and its worktree is not where it was. */
export const lostWorktreeSchema = z.object({
  /** When it was missed first, Unix ms; looked at every 30 s. */
  sinceMs: z.number(),
  /** WORKTREE_MISSING, with what to do: what a start of this agent is refused with. */
  error: wireErrorSchema,
});
export type LostWorktree = z.infer<typeof lostWorktreeSchema>;

/** What a status is told with, as agents have it. */
export interface StatusParts<
  State extends z.core.$ZodType,
  Status extends z.core.$ZodType,
  Liveness extends z.core.$ZodType,
> {
  readonly state: State;
  readonly status: Status;
  readonly liveness: Liveness;
}

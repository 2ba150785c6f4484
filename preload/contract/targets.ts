/** Branches that work is merged into: who moved one without the hub is said, and it can be moved back. */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { wireErrorSchema } from './wire-error.ts';

/** One move of a branch, as its reflog tells it; whoever writes a reflog may say what they like: untrusted text. */
export const targetMoveSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** `Ann <ann@example.com>`, by their git's configuration: all agents run as the same user. */
  who: z.string(),
  /** What did it: `commit: fix the build`, `reset: moving to HEAD~3`, `pull: Fast-forward`. */
  what: z.string(),
  atMs: z.number(),
});
export type TargetMove = z.infer<typeof targetMoveSchema>;

/** What was seen of a target that moved. */
const movedFacts = {
  /** Where it was when the hub last knew it, and where it is now; full ids. */
  from: z.string(),
  to: z.string(),
  /** How many commits it has that it had not. */
  added: z.number().int(),
  /** How many of its commits it has no more: it was moved back, or aside. */
  removed: z.number().int(),
  /** Newest last, at most 5; none where no reflog is kept. */
  moves: z.array(targetMoveSchema).max(5),
  /** The worktrees that have it checked out: whoever works there may have done it. */
  checkouts: z.array(z.string()).max(5),
};

const alarmSchema = z.object({ ...movedFacts, sinceMs: z.number() });
export type TargetAlarm = z.infer<typeof alarmSchema>;

/** Of the branch of this key. */
export const targetRecordSchema = z.object({
  target: z.string(),
  /** Where it was when the hub last moved it, saw it first, or was told that its move is right. */
  commit: z.string(),
  /** Where it was before the hub’s last merge into it: that moves nothing where the target had the work already. */
  before: z.string().optional(),
  /** It moved without the hub, and nobody said yet that this is right. */
  alarm: alarmSchema.optional(),
  /** It is being moved back. */
  isRestoring: z.boolean().optional(),
  /** It was moved back: `keptRef` has the commits that it left by that, until it is elsewhere again. */
  left: z.object({ keptRef: z.string(), atMs: z.number() }).optional(),
  /** Why it could not be moved back. */
  failure: wireErrorSchema.optional(),
});
export type TargetRecord = z.infer<typeof targetRecordSchema>;

const target = z.string().min(1).max(500).describe('The branch, such as main');
const named = z.object({ target });

export const targets = defineFeature({
  name: 'targets',
  commands: {
    'target.tell': command({
      summary: 'A target is at another commit than the hub knows',
      who: ['system'],
      /** `from` absent: it is seen for the first time. */
      data: z.object({
        target,
        ...movedFacts,
        from: z.string().optional(),
      }),
      result: z.object({}),
    }),
    'target.accept': command({
      summary: 'Say that a target may stay where it was moved to without Musher',
      who: ['operator'],
      byHand: 'it decides on exactly what you see',
      data: named,
      result: z.object({ commit: z.string() }),
      cli: { name: 'target accept', args: ['target'], examples: ['musher target accept main'] },
    }),
    'target.restore': command({
      summary: 'Move a target back to where it was before it moved without Musher',
      who: ['operator'],
      byHand: 'it decides on exactly what you see',
      data: named,
      result: z.object({ commit: z.string() }),
      cli: { name: 'target restore', args: ['target'], examples: ['musher target restore main'] },
    }),
    'target.restored': command({
      summary: 'It is back',
      who: ['system'],
      data: named.extend({ commit: z.string(), keptRef: z.string() }),
      result: z.object({}),
    }),
    'target.restore_failed': command({
      summary: 'It could not be moved back; it is where it was',
      who: ['system'],
      data: named.extend({ error: wireErrorSchema }),
      result: z.object({}),
    }),
  },
  queries: {
    'target.list': query({
      summary: 'List the branches that work is merged into, and which moved without Musher',
      who: ['operator'],
      data: z.object({}),
      result: z.object({ targets: z.array(targetRecordSchema) }),
      cli: { name: 'target list' },
    }),
  },
  events: {
    'target.seen': event({ v: 1, data: z.object({ target: z.string(), commit: z.string() }) }),
    /** `from`: where the hub knew it; a further move of one that nobody looked at yet begins there too. */
    'target.moved': event({ v: 1, data: z.object({ target: z.string(), ...movedFacts }) }),
    /** Also by the hub, when it is where it was again. */
    'target.accepted': event({ v: 1, data: z.object({ target: z.string(), commit: z.string() }) }),
    'target.restoring': event({ v: 1, data: z.object({ target: z.string(), commit: z.string() }) }),
    /** `keptRef` keeps what it was moved back from. */
    'target.restored': event({
      v: 1,
      data: z.object({ target: z.string(), commit: z.string(), keptRef: z.string() }),
    }),
    'target.restore_failed': event({
      v: 1,
      data: z.object({ target: z.string(), error: wireErrorSchema }),
    }),
  },
  records: { target: targetRecordSchema },
});

/**
 * Snapshots: what was in a worktree, kept under `refs/musher/snapshots/<agent>/`. What there is, git says: refs outlive a lost
 * log. The log says when and why each was taken, what could not be kept, and what was let go of.
 */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';
import { changedFileSchema } from './change-facts.ts';
import { command, defineFeature, event, query } from './define.ts';
import { waitMs } from './messages.ts';
import { wireErrorSchema } from './wire-error.ts';

/**
 * `exit`: its program ended, however. `timer`: it had changed since the last one. `asked`: by the operator, or the agent itself.
 * `destroy`: before its worktree was removed. `reuse`: before another worktree took its place. `restore`: before files were put
 * back over it. `rebase`: before its branch was rebased, for the commits that it leaves. `vanished`: somebody had removed the folder, and this is what was staged.
 */
export const snapshotWhySchema = z.enum([
  'exit',
  'timer',
  'asked',
  'destroy',
  'reuse',
  'restore',
  'rebase',
  'vanished',
]);
export type SnapshotWhy = z.infer<typeof snapshotWhySchema>;

/** Against the commit that was checked out. A rename is two files. Absent: kept by a Musher that did not count. */
const counts = {
  files: z.number().int().optional(),
  /** Lines; of binary files none are counted. */
  additions: z.number().int().optional(),
  deletions: z.number().int().optional(),
};

/** What names one, and what it was of. */
const kept = {
  agent: z.string(),
  /** Full name: `refs/musher/snapshots/<agent>/<utc time>-<n>-<why>`. */
  ref: z.string(),
  /** Full id; its tree has the files, byte for byte. The same state has the same id. */
  commit: z.string(),
  /** The commit that was checked out; absent where there was none. */
  head: z.string().optional(),
  /** Short name; absent when detached. */
  branch: z.string().optional(),
  /** When it was taken, Unix ms, to the second. */
  atMs: z.number(),
  ...counts,
};

export const snapshotSchema = z.object({
  /** The first 12 digits of its commit: what other commands take. */
  id: z.string(),
  ...kept,
  /** Absent: kept by an older Musher. */
  why: snapshotWhySchema.optional(),
  /** Repositories inside it that are kept as well: their folders, untrusted text. */
  nested: z.array(z.string()),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Of the agent of this key: its newest snapshot, and what went wrong since. */
export const keptRecordSchema = z.object({
  agent: z.string(),
  last: z
    .object({ ref: z.string(), why: snapshotWhySchema.optional(), atMs: z.number() })
    .optional(),
  /** Why its files could not be kept the last time; gone with the next snapshot. Tried again within ten minutes. */
  failure: z
    .object({ error: wireErrorSchema, atMs: z.number(), times: z.number().int() })
    .optional(),
});
export type KeptRecord = z.infer<typeof keptRecordSchema>;

const snapshotId = z
  .string()
  .regex(/^[0-9a-f]{4,64}$/, 'expected 4 to 64 hexadecimal digits of an id')
  .describe('Id of a snapshot, or its first digits');
const path = z.string().min(1).max(4_096);
const paths = z
  .array(path)
  .max(100)
  .optional()
  .describe('Only these files and folders, from the root of the worktree; default: all');
const ask = z.string().describe('What `snapshot take` or `snapshot restore` answered');
const asked = z.object({ ask: z.string(), agent: z.string() });

/** What became of a wish to take or restore one. */
const outcomeSchema = z.object({
  ask: z.string(),
  agent: z.string(),
  state: z.enum(['running', 'kept', 'restored', 'failed']),
  /** The snapshot that was taken: where it was to be restored, what was there before; absent in a new folder. */
  snapshot: z.object({ id: z.string(), ref: z.string(), files: counts.files }).optional(),
  /** False when the newest one had all of it already. */
  isNew: z.boolean().optional(),
  /** Where files were put back, and how many were written or removed. */
  path: z.string().optional(),
  files: z.number().int().optional(),
  /** Repositories inside that were there, and were left as they are. */
  left: z.array(z.string()).optional(),
  error: wireErrorSchema.optional(),
});
export type SnapshotOutcome = z.infer<typeof outcomeSchema>;

const takenData = z.object({
  ask: z.string(),
  ...kept,
  why: snapshotWhySchema,
  isNew: z.boolean(),
});
const failedData = asked.extend({
  why: snapshotWhySchema.optional(),
  error: wireErrorSchema,
});
const restoredData = asked.extend({
  commit: z.string(),
  path: z.string(),
  files: z.number().int(),
  left: z.array(z.string()),
  before: z.object({ ref: z.string(), commit: z.string(), atMs: z.number() }).optional(),
});
/** `age`: older than is kept. `size`: all of them together had grown too large. `count`: of one agent there were too many. */
const forgottenData = z.object({
  snapshots: z
    .array(
      z.object({
        agent: z.string(),
        ref: z.string(),
        commit: z.string(),
        why: z.enum(['age', 'size', 'count']),
      }),
    )
    .min(1)
    .max(100),
});

export const snapshots = defineFeature({
  name: 'snapshots',
  commands: {
    'snapshot.take': command({
      summary: 'Keep all files of an agent’s worktree as they are now; an agent keeps its own',
      who: ['operator', 'agent'],
      data: z.object({
        agent: agentRef.optional().describe('Whose files; an agent’s are its own'),
      }),
      result: asked,
      cli: {
        name: 'snapshot take',
        args: ['agent'],
        examples: ['musher snapshot take backend'],
      },
    }),
    'snapshot.restore': command({
      summary:
        'Bring files of a snapshot back, as uncommitted changes or into a new folder; what is there is kept first',
      who: ['operator'],
      data: z.object({
        snapshot: snapshotId,
        agent: agentRef
          .optional()
          .describe('Into the worktree of this agent; default: the one that it was of'),
        to: path.optional().describe('Into this new folder instead; absolute'),
        paths,
        force: z
          .boolean()
          .default(false)
          .describe('Also while its program runs, which sees files change that it did not write'),
      }),
      result: asked,
      cli: {
        name: 'snapshot restore',
        args: ['snapshot', '...paths'],
        examples: [
          'musher snapshot restore 3f2a91c0de45',
          'musher snapshot restore 3f2a91c0de45 --to ../rescued src/',
        ],
      },
    }),
    // What sources ask for and effects report back. No door exposes these.
    'snapshot.keep': command({
      summary: 'Keep an agent’s files, for a reason of Musher’s own',
      who: ['system'],
      data: z.object({ agent: z.string(), why: z.enum(['exit', 'timer']) }),
      result: z.object({}),
    }),
    'snapshot.taken': command({
      summary: 'Files are kept',
      who: ['system'],
      data: takenData,
      result: z.object({}),
    }),
    'snapshot.failed': command({
      summary: 'Files could not be kept, or put back',
      who: ['system'],
      data: failedData,
      result: z.object({}),
    }),
    'snapshot.restored': command({
      summary: 'Files are back',
      who: ['system'],
      data: restoredData,
      result: z.object({}),
    }),
    'snapshot.forget': command({
      summary: 'Let go of snapshots that are older than is kept, or too many',
      who: ['system'],
      data: forgottenData,
      result: z.object({}),
    }),
  },
  queries: {
    'snapshot.list': query({
      summary: 'List what is kept of agents’ worktrees, newest first; an agent sees its own',
      who: ['operator', 'agent'],
      data: z.object({
        agent: agentRef
          .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'expected the name of an agent')
          .optional()
          .describe('Of this agent, also one that was purged'),
        limit: z.coerce.number().int().min(1).max(500).default(50).describe('At most so many'),
      }),
      /** `total`: how many there are. */
      result: z.object({ snapshots: z.array(snapshotSchema), total: z.number().int() }),
      cli: { name: 'snapshots', args: ['agent'], examples: ['musher snapshots backend'] },
    }),
    'snapshot.diff': query({
      summary: 'Show what a snapshot has that its commit, the worktree or another one has not',
      who: ['operator', 'agent'],
      data: z.object({
        snapshot: snapshotId,
        against: z
          .string()
          .regex(/^(head|worktree|[0-9a-f]{4,64})$/, 'expected head, worktree or a snapshot')
          .default('head')
          .describe(
            'head: the commit it was made on. worktree: its files as they are now, so what a restore would change. Or another snapshot',
          ),
        stat: z.boolean().default(false).describe('The files alone, without their lines'),
        paths,
      }),
      result: z.object({
        snapshot: snapshotSchema,
        /** Unified diff (git format) from the other side to the snapshot. Untrusted text. Cut at a file boundary when larger than 4 MiB. */
        patch: z.string(),
        truncated: z.boolean(),
        /** The first 200. */
        files: z.array(changedFileSchema),
        fileCount: z.number().int(),
        additions: z.number().int(),
        deletions: z.number().int(),
      }),
      cli: {
        name: 'snapshot diff',
        args: ['snapshot', '...paths'],
        examples: [
          'musher snapshot diff 3f2a91c0de45 --stat',
          'musher snapshot diff 3f2a91c0de45 --against worktree src/',
        ],
      },
    }),
    'snapshot.outcome': query({
      summary: 'Show what became of taking or restoring a snapshot, waiting until it is done',
      who: ['operator', 'agent'],
      data: z.object({ ask, waitMs }),
      result: outcomeSchema,
      cli: { name: 'snapshot outcome', args: ['ask'] },
    }),
  },
  events: {
    'snapshot.asked': event({ v: 1, data: asked.extend({ why: snapshotWhySchema }) }),
    'snapshot.taken': event({ v: 1, data: takenData }),
    'snapshot.failed': event({ v: 1, data: failedData }),
    'snapshot.restore_asked': event({
      v: 1,
      data: asked.extend({
        commit: z.string(),
        /** The new folder; absent: the agent’s worktree. */
        to: z.string().optional(),
        paths: z.array(z.string()).optional(),
        force: z.boolean(),
      }),
    }),
    'snapshot.restored': event({ v: 1, data: restoredData }),
    'snapshot.forgotten': event({ v: 1, data: forgottenData }),
  },
  records: { kept: keptRecordSchema },
});

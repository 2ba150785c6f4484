/**
 * The welcome page: where a Musher without a repository lets one be chosen. It has no log and no records; these capabilities are
 * its own, for the operator's page alone, and no project offers them.
 */
import { z } from 'zod';
import { command, defineFeature, query } from './define.ts';
import { doctorCheckSchema } from './doctor.ts';
import { wireErrorSchema } from './wire-error.ts';

const operator = ['operator'] as const;
const folder = z
  .string()
  .trim()
  .min(1)
  .max(4_096)
  .describe('Absolute, from the folder that Musher was started in, or from home: ~/code');

/** A place that is written to. */
export const keptPlaceSchema = z.object({
  what: z.string(),
  /** Where it is, or how its name is made where no repository is chosen yet. */
  path: z.string(),
  why: z.string(),
});
export type KeptPlace = z.infer<typeof keptPlaceSchema>;

export const recentFolderSchema = z.object({
  path: z.string(),
  /** `open`: in this Musher. `running`: in another one, at `url`. `gone`: nothing is there. `refused`: see `said`. */
  state: z.enum(['there', 'open', 'running', 'gone', 'refused']),
  url: z.string().optional(),
  said: z.string().optional(),
});
export type RecentFolder = z.infer<typeof recentFolderSchema>;

export const folderVerdictSchema = z.object({
  /** Absolute. */
  path: z.string(),
  /**
   * `inside`: a folder of the repository `root`, which is what is opened. `empty`: a repository without a commit. `plain`: a
   * folder in no repository. `refused`: see `error`.
   */
  kind: z.enum(['repository', 'inside', 'empty', 'plain', 'missing', 'file', 'refused']),
  /** The repository that is opened; for `missing` the one that it would lie in. */
  root: z.string().optional(),
  /** Its page at another Musher that has it open. */
  url: z.string().optional(),
  /** For `plain` and `empty`: why it cannot be made one here. */
  obstacle: wireErrorSchema.optional(),
  error: wireErrorSchema.optional(),
  /** What would be written for it. */
  places: z.array(keptPlaceSchema),
});
export type FolderVerdict = z.infer<typeof folderVerdictSchema>;

const opened = z.object({ project: z.string(), root: z.string() });

/** Folders that are offered at once. */
export const offeredFolders = 40;

export const welcome = defineFeature({
  name: 'welcome',
  commands: {
    'welcome.open': command({
      summary: 'Open the repository that a folder is in',
      who: operator,
      data: z.object({ path: folder }),
      result: opened,
    }),
    'welcome.make': command({
      summary: 'Make a folder a git repository with an empty first commit',
      who: operator,
      data: z.object({ path: folder }),
      result: z.object({ root: z.string() }),
    }),
    'welcome.demo': command({
      summary: 'Open a sample repository with scripted agents',
      who: operator,
      data: z.object({}),
      result: opened,
    }),
    'welcome.forget': command({
      summary: 'Take a folder out of the recent ones; nothing in it changes',
      who: operator,
      data: z.object({ path: folder }),
      result: z.object({}),
    }),
  },
  queries: {
    'welcome.look': query({
      summary: 'What can be opened, and what will be written where',
      who: operator,
      data: z.object({}),
      result: z.object({
        host: z.enum(['browser', 'desktop']),
        home: z.string(),
        /** Where it was started, or what was named and could not be opened: what the field begins with. */
        asked: z.string().optional(),
        recent: z.array(recentFolderSchema),
        places: z.array(keptPlaceSchema),
        /** Absent: it can be opened here. */
        demoObstacle: wireErrorSchema.optional(),
      }),
    }),
    'welcome.programs': query({
      summary: 'Which coding CLIs are here, and how the others are had',
      who: operator,
      data: z.object({}),
      result: z.object({ checks: z.array(doctorCheckSchema) }),
    }),
    'welcome.folders': query({
      summary: 'Folders below home that begin with what is typed',
      who: operator,
      data: z.object({ path: z.string().max(4_096) }),
      result: z.object({
        folders: z.array(z.object({ path: z.string(), isRepository: z.boolean() })),
        /** There are more. */
        isCut: z.boolean(),
      }),
    }),
    'welcome.check': query({
      summary: 'What a folder is, and what opening it would mean',
      who: operator,
      data: z.object({ path: folder }),
      result: folderVerdictSchema,
    }),
    'welcome.choose': query({
      summary: 'Let the system’s own dialog choose a folder; the desktop alone has one',
      who: operator,
      data: z.object({}),
      result: z.object({ path: z.string().optional() }),
    }),
  },
  events: {},
  records: {},
});

/** The doctor: what Musher needs of this machine and of this repository, whether it is there, and what to do where it is not. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';

/** `problem`: something does not work, or soon will not. `unknown`: it could not be found out. */
export const checkStateSchema = z.enum(['ok', 'warning', 'problem', 'unknown']);
export type CheckState = z.infer<typeof checkStateSchema>;

export const doctorCheckSchema = z.object({
  /** Stays the same over versions: `git`, `disk`, `cli.claude`. */
  id: z.string(),
  state: checkStateSchema,
  /** What was looked at: `Free space`. */
  title: z.string(),
  /** In one line. Paths and what programs said are untrusted text, here and in `details`. */
  found: z.string(),
  /** What to do, in one line. Absent where there is nothing to do. */
  remedy: z.string().optional(),
  /** One by one, at most 20: each folder, each fault with its line. */
  details: z.array(z.string()).optional(),
});
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

export const doctorReportSchema = z.object({
  /** The worst first is for who shows them: here they stand in one order, always. */
  checks: z.array(doctorCheckSchema),
  /** When it was looked, Unix ms, and how long that took. */
  atMs: z.number(),
  tookMs: z.number(),
  version: z.string(),
  /** `linux x64`. */
  platform: z.string(),
  /** Folder that was looked at: root of the repository, else what was named. */
  repository: z.string(),
  /** Whether the Musher that has it open looked: only that one knows the agents, and its environment is theirs. */
  byMusher: z.boolean(),
  /** Of the user, for who shortens paths to `~`. */
  home: z.string(),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;

export const doctor = defineFeature({
  name: 'doctor',
  commands: {},
  queries: {
    'doctor.check': query({
      summary:
        'Check what Musher needs: git, CLIs, port, disk, permissions, leftovers; with remedies',
      who: ['operator'],
      data: z.object({}),
      result: doctorReportSchema,
      cli: { name: 'doctor', examples: ['musher doctor', 'musher doctor --json --repo ../shop'] },
    }),
  },
  events: {},
  records: {},
});

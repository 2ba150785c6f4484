/** What there is to set, what files say of it, and what counts. */
import { z } from 'zod';

export const origins = ['user', 'repository'] as const;
export const originSchema = z.enum(origins);
export type Origin = z.infer<typeof originSchema>;

/** How it is shown and typed; `group`: a table of known keys, `rows`: one of rows that have names. */
export const settingKinds = [
  ...(['switch', 'number', 'choice', 'text', 'duration', 'texts', 'commands', 'pairs'] as const),
  ...(['group', 'rows'] as const),
] as const;
export type SettingKind = (typeof settingKinds)[number];

/** One key that there is, as the schema of config.toml has it. */
export const settingKeySchema = z.object({
  /** Dotted; `<name>` stands for the name of a row: `profiles.<name>.program`. */
  key: z.string(),
  type: z.string(),
  kind: z.enum(settingKinds),
  help: z.string(),
  /** `minutes`; absent where there is none. */
  unit: z.string().optional(),
  /** In words: `10`, `none`, `as input`. Absent where there is none, as of what is required. */
  default: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  choices: z.array(z.string()).optional(),
  isWhole: z.boolean().optional(),
  isRequired: z.boolean().optional(),
  /** Only the user's own file is asked for it. */
  ownOnly: z.boolean().optional(),
  /** When another value is used: by all at once, or by what is started or made after that. Musher itself is never started again for it. */
  applies: z.enum(['at-once', 'next-agent']),
});
export type SettingKey = z.infer<typeof settingKeySchema>;

/** What one file says of one key. */
export const saidSchema = z.object({
  in: originSchema,
  /** As JSON has it. */
  value: z.unknown(),
  /** Absent: it counts. */
  not: z.string().optional(),
});
export type Said = z.infer<typeof saidSchema>;

/** One key that a file says something of. */
export const settingValueSchema = z.object({
  /** With names: `profiles.reviewer.program`. */
  key: z.string(),
  path: z.array(z.string()),
  /** The key that it is one of. */
  of: z.string(),
  /** The user's own first. */
  said: z.array(saidSchema),
});
export type SettingValue = z.infer<typeof settingValueSchema>;

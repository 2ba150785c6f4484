/** The user's own settings in one document, to be taken to another machine. */
import { z } from 'zod';

export const settingsDocumentSchema = z.object({
  musher: z.literal('settings'),
  /** Of the form of config.toml. */
  version: z.number().int(),
  /** As the file has them. */
  settings: z.record(z.string(), z.unknown()),
  /** Keys that may hold secrets: they stay where they are. */
  leftOut: z.array(z.string()),
});
export type SettingsDocument = z.infer<typeof settingsDocumentSchema>;

/** One key that an import would set. */
export const importChangeSchema = z.object({
  key: z.string(),
  /** In JSON; absent where nothing is said. */
  from: z.string().optional(),
  to: z.string(),
});

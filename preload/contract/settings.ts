/** Settings: the config files that apply, what is wrong with them, and every key that there is. */
import { z } from 'zod';
import { configProblemSchema } from './config.ts';
import { defineFeature, query } from './define.ts';

/** A config file; kept by its path. */
export const configFileSchema = z.object({
  path: z.string(),
  /** `user`: of this person alone. `repository`: what a team shares. */
  origin: z.enum(['user', 'repository']),
  /** `bad`: it is not used; what it said when it was last good still applies. */
  state: z.enum(['absent', 'good', 'bad']),
  problems: z.array(configProblemSchema),
});
export type ConfigFile = z.infer<typeof configFileSchema>;

export const settings = defineFeature({
  name: 'settings',
  commands: {},
  queries: {
    'settings.get': query({
      summary: 'Show the config files, what is wrong with them, and every key with its default',
      who: ['operator'],
      data: z.object({}),
      result: z.object({
        files: z.array(configFileSchema),
        keys: z.array(z.object({ key: z.string(), type: z.string(), help: z.string() })),
      }),
      cli: { name: 'settings' },
    }),
  },
  events: {},
  records: {},
  live: { configFile: configFileSchema },
});

/** Settings: the config files that apply, every key that there is, what the files say of it, and how that is changed. */
import { z } from 'zod';
import { configProblemSchema } from './config.ts';
import { command, defineFeature, event, query } from './define.ts';
import { byHand, changed, document, key, typed, where } from './settings-fields.ts';
import { importChangeSchema, settingsDocumentSchema } from './settings-document.ts';
import { originSchema, settingKeySchema, settingValueSchema } from './settings-facts.ts';

/** A config file; kept by its path. */
export const configFileSchema = z.object({
  path: z.string(),
  /** `user`: of this person alone. `repository`: what a team shares. */
  origin: originSchema,
  /** `bad`: it is not used; what it said when it was last good still applies. */
  state: z.enum(['absent', 'good', 'bad']),
  problems: z.array(configProblemSchema),
  /** SHA-256 of what it says, in hex; absent where it was not read. */
  hash: z.string().optional(),
});
export type ConfigFile = z.infer<typeof configFileSchema>;

export const settings = defineFeature({
  name: 'settings',
  commands: {
    'settings.set': command({
      summary: 'Change a setting in a config file, and nothing else of it',
      who: ['operator'],
      byHand,
      data: z.object({
        key,
        value: typed,
        in: where,
      }),
      result: changed,
      cli: {
        name: 'settings set',
        args: ['key', 'value'],
        examples: [
          'musher settings set limits.turns 50',
          'musher settings set gates.test \'{ command = ["npm", "test"] }\' --in repository',
        ],
      },
    }),
    'settings.import': command({
      summary: 'Take settings over from a document into your own file, all or nothing',
      who: ['operator'],
      byHand,
      data: z.object({
        document,
        seen: z
          .string()
          .length(64)
          .optional()
          .describe('The hash that settings.preview told. Default: the file as it is now'),
      }),
      result: z.object({ path: z.string(), changes: z.array(importChangeSchema) }),
      cli: {
        name: 'settings import',
        examples: ['musher settings import --file settings.json'],
      },
    }),
    'settings.unset': command({
      summary: 'Take a setting, or a row with its name, out of a config file',
      who: ['operator'],
      byHand,
      data: z.object({ key, in: where }),
      result: changed,
      cli: {
        name: 'settings unset',
        args: ['key'],
        examples: ['musher settings unset limits.turns'],
      },
    }),
  },
  queries: {
    'settings.export': query({
      summary: 'Show your own settings as one document, without what may be secret',
      who: ['operator'],
      data: z.object({}),
      result: settingsDocumentSchema,
      cli: {
        name: 'settings export',
        examples: ['musher settings export --file settings.json'],
      },
    }),
    'settings.preview': query({
      summary: 'Say what a document of settings would change, and change nothing',
      who: ['operator'],
      data: z.object({ document }),
      result: z.object({
        path: z.string(),
        hash: z.string(),
        changes: z.array(importChangeSchema),
        leftOut: z.array(z.string()),
      }),
      cli: { name: 'settings preview' },
    }),
    'settings.get': query({
      summary: 'Show the config files, what is wrong with them, and every key with its default',
      who: ['operator'],
      data: z.object({}),
      result: z.object({
        files: z.array(configFileSchema),
        keys: z.array(settingKeySchema),
        values: z.array(settingValueSchema),
      }),
      cli: { name: 'settings' },
    }),
    'settings.list': query({
      summary: 'List what is set, where, and what of it counts',
      who: ['operator'],
      data: z.object({
        words: z.string().max(200).default('').describe('Only keys with these words'),
      }),
      result: z.object({ values: z.array(settingValueSchema) }),
      cli: { name: 'settings list', args: ['...words'], examples: ['musher settings list limits'] },
    }),
    'settings.check': query({
      summary: 'Say whether a setting can have a value, and change nothing',
      who: ['operator'],
      data: z.object({ key, value: typed, in: where }),
      result: z.object({
        isPossible: z.boolean(),
        /** Why not, and what to do. */
        problem: z.object({ message: z.string(), mend: z.string() }).optional(),
      }),
      cli: { name: 'settings check', args: ['key', 'value'] },
    }),
    'settings.show': query({
      summary: 'Show one setting: what it does, what it takes, its value and where that is from',
      who: ['operator'],
      data: z.object({ key }),
      result: z.object({
        key: z.string(),
        about: settingKeySchema,
        /** Of a table: those in it. */
        values: z.array(settingValueSchema),
      }),
      cli: { name: 'settings get', args: ['key'], examples: ['musher settings get limits.turns'] },
    }),
  },
  events: {
    /** Values as JSON, cut; without those that may be secret. */
    'settings.changed': event({
      v: 1,
      data: z.object({
        in: originSchema,
        path: z.string(),
        key: z.string(),
        from: z.string().optional(),
        to: z.string().optional(),
      }),
    }),
  },
  records: {},
  live: { configFile: configFileSchema },
});

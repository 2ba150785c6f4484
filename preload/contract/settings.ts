/** Settings: the config files that apply, every key that there is, what the files say of it, and how that is changed. */
import { z } from 'zod';
import { configProblemSchema } from './config.ts';
import { command, defineFeature, event, query } from './define.ts';
import { originSchema, origins, settingKeySchema, settingValueSchema } from './settings-facts.ts';

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

const key = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .describe('As the file has it: limits.turns, profiles.reviewer.program, gates.test.timeout');
const typed = z
  .string()
  .max(20_000)
  .describe('In TOML: 5, true, "text", ["a", "b"]; a text needs no quotes');
const where = z
  .enum(origins)
  .default('user')
  .describe('Which file is changed: your own, or the one of this repository, which a team shares');
const byHand = 'it may name what is run on this machine';

const changed = z.object({
  key: z.string(),
  in: originSchema,
  path: z.string(),
  /** In JSON. Absent: it said nothing; it says nothing now. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** What there is to know beside it: that it does not count, that git keeps the file. */
  notes: z.array(z.string()),
});
export type SettingChanged = z.infer<typeof changed>;

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

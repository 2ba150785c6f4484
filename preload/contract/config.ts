/**
 * `config.toml`: what a team shares in `.musher/config.toml`, and what one person sets in the user's own data folder. Each
 * key says what it does, in which unit, and its default; `musher settings` prints the same.
 */
import { z } from 'zod';
import { boardConfig } from './board-config.ts';
import { clusterConfig } from './cluster-config.ts';
import { costsConfigSchema } from './cost-config.ts';
import { gatesConfigSchema, reviewConfig } from './gate-config.ts';
import { delegateConfigSchema } from './delegate-config.ts';
import { keysConfig } from './keys-config.ts';
import { landingConfig } from './landing-config.ts';
import { mergeStrategySchema } from './merge-queue.ts';
import { pipelineConfig, pipelineProfileConfig } from './pipeline-config.ts';
import { worktreesConfig } from './worktree-config.ts';

/** At most so many characters in one value, and so many values in a list. */
const most = { text: 2_000, list: 64, phrases: 20 };

const holes = ['prompt', 'session', 'mcp_url', 'agent'] as const;
export type Placeholder = (typeof holes)[number];

/** Text with placeholders; a word in braces that is none of these is a slip of the pen. */
function template(...allowed: readonly Placeholder[]) {
  const known = allowed.map((name) => `{${name}}`).join(', ');
  return z
    .string()
    .max(most.text)
    .refine(
      (text) => placeholdersIn(text).every((name) => (allowed as readonly string[]).includes(name)),
      {
        error: ({ input }) =>
          `expected no placeholder but ${known}, found ${firstOther(String(input), allowed)}`,
      },
    );
}

export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(/\{([a-z_]+)\}/g)].map(([, name = '']) => name);
}

function firstOther(text: string, allowed: readonly string[]): string {
  return `{${placeholdersIn(text).find((name) => !allowed.includes(name))}}`;
}

const args = (...allowed: readonly Placeholder[]) => z.array(template(...allowed)).max(most.list);

const phrases = z.array(z.string().trim().min(1).max(200)).max(most.phrases);

export const profileConfigSchema = z
  .strictObject({
    program: z
      .string()
      .min(1)
      .max(500)
      .describe('Program on PATH, or with a slash a path from the worktree. Required'),
    title: z.string().min(1).max(60).optional().describe('Shown in lists. Default: the name'),
    hint: z
      .string()
      .max(500)
      .optional()
      .describe('How to install the program, shown where it is missing'),
    args: args('mcp_url', 'agent')
      .default([])
      .describe(
        'Arguments of every start, in order. {mcp_url} and {agent} are filled in. Default: none',
      ),
    new_args: args('session', 'mcp_url', 'agent')
      .default([])
      .describe(
        'Added where a new conversation begins. With {session}, Musher chooses its id, a UUID. Default: none',
      ),
    resume_args: args('session', 'mcp_url', 'agent')
      .optional()
      .describe(
        'Added in their place to take up the conversation again: with {session} the one of that id, else the last one in the folder. Default: it is never taken up',
      ),
    prompt_args: args('prompt', 'mcp_url', 'agent')
      .optional()
      .describe(
        'Added last where there is a first prompt, which {prompt} stands for. Default: see types_prompt',
      ),
    types_prompt: z
      .boolean()
      .default(false)
      .describe(
        'Type the first prompt into the terminal once the screen shows a phrase of `ready`, or after 3 s where there is none. Default: false',
      ),
    wakeable: z
      .boolean()
      .default(false)
      .describe(
        'What is typed is read as a prompt, never run: only then may Musher wake it so. Default: false',
      ),
    env: z
      .record(
        z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected letters, digits and _'),
        template('mcp_url', 'agent'),
      )
      .default({})
      .describe('Environment of the program, beside what every agent gets. Default: none'),
    ready: phrases
      .optional()
      .describe(
        'Phrases at the bottom of the screen that say it is at its prompt; * stands for anything in a line',
      ),
    busy: phrases.optional().describe('Phrases that say it works'),
    waiting: phrases.optional().describe('Phrases that say it asks for a permission or a choice'),
    limit: phrases
      .optional()
      .describe('Phrases that say its account or model takes no more for now'),
    broken: phrases.optional().describe('Phrases that say its connection to its model broke'),
  })
  .refine(({ prompt_args: given, types_prompt: types }) => given === undefined || !types, {
    path: ['types_prompt'],
    error: 'expected either prompt_args or types_prompt, found both',
  })
  .refine(({ prompt_args: given }) => given?.some((one) => one.includes('{prompt}')) ?? true, {
    path: ['prompt_args'],
    error: 'expected {prompt} in one of them',
  });
export type ProfileConfig = z.infer<typeof profileConfigSchema>;

const profileName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected 1 to 40 of a-z, 0-9 and -, beginning with a letter');

const limits = {
  turns: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .meta({ unit: 'turns' })
    .optional()
    .describe('Turns of one run in which an agent used a tool; then it is stopped. Default: none'),
  cost_usd: z
    .number()
    .min(0.01)
    .max(100_000)
    .meta({ unit: 'US dollars' })
    .optional()
    .describe('US dollars of one run, where its CLI tells them. Default: none'),
  time_minutes: z
    .number()
    .int()
    .min(1)
    .max(525_600)
    .meta({ unit: 'minutes' })
    .optional()
    .describe('Minutes that its program runs in one run, pauses left out. Default: none'),
};

const watching = {
  kick: z
    .enum(['never', 'after-crash', 'always'])
    .optional()
    .describe(
      'Tell an agent whose conversation was taken up again to go on: after it was started by its restart policy, after each start, or never. Default: after-crash',
    ),
  nudge_compact: z
    .boolean()
    .optional()
    .describe(
      'Tell an agent with 250,000 tokens in its context to commit and compact. Default: false',
    ),
};

const days = z.number().int().min(0).max(3_650).meta({ unit: 'days' }).optional();

const keeping = {
  every_minutes: z
    .number()
    .int()
    .min(0)
    .max(1_440)
    .meta({ unit: 'minutes' })
    .optional()
    .describe(
      'Minutes between snapshots of a worktree that changes; 0: none by time. Seldom loses more in a mishap, often takes room. Default: 10',
    ),
  keep_all_days: days.describe('Days that every snapshot is kept. Default: 7'),
  keep_daily_days: days.describe(
    'Days that the last snapshot of each day is kept after that. Default: 30',
  ),
  keep_weekly_days: days.describe(
    'Days that the last snapshot of each week is kept after that. Default: 90',
  ),
  max_mb: z
    .number()
    .int()
    .min(1)
    .max(10_000_000)
    .meta({ unit: 'megabytes' })
    .optional()
    .describe(
      'Megabytes that all snapshots may take beyond what branches hold; the oldest go first, never those of the last day. Default: 5000',
    ),
};

const reviewing = {
  ...reviewConfig,
  delegate: delegateConfigSchema,
  strategy: mergeStrategySchema
    .optional()
    .describe(
      'How an approved commit comes onto its target where a yes does not say otherwise: merge (forward where that goes, else a merge commit), squash (one commit), rebase (its commits on top) or ff-only. Default: merge',
    ),
  push: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/, 'expected the name of a remote, such as origin')
    .optional()
    .describe(
      'Remote that the target is pushed to after each merge, never by force. Default: none',
    ),
  expire_days: z
    .number()
    .int()
    .min(1)
    .max(3_650)
    .meta({ unit: 'days' })
    .optional()
    .describe(
      'Days after which a request that nobody decided is withdrawn by itself, and its agent told. Too few take work away that you have not looked at yet. Default: never',
    ),
};

const editing = {
  command: z
    .array(z.string().min(1).max(most.text))
    .min(1)
    .max(most.list)
    .refine((words) => words.slice(1).some((word) => word.includes('{file}')), {
      error: 'expected a program and then {file} in one of its arguments',
    })
    .meta({ ownOnly: true })
    .optional()
    .describe(
      'Program and arguments that open a file, with {file} and {line}: ["code", "-g", "{file}:{line}"]. Only your own config file is asked for it. Default: none',
    ),
};

/** The same for all, and apart for one profile, which goes first. */
function byProfile<Shape extends z.core.$ZodLooseShape>(shape: Shape, what: string) {
  const profiles = z.record(profileName, z.strictObject(shape)).default({}).describe(what);
  return z.strictObject({ ...shape, profiles });
}

/** Of the form of the file: a key that an older Musher would take for a slip of the pen comes with a higher one. */
export const configVersion = 1;

export const configSchema = z.strictObject({
  version: z
    .number()
    .int()
    .min(1)
    .max(configVersion)
    .optional()
    .describe(
      'Version of the form of this file. A Musher that knows only lower ones leaves the file as it is. Default: 1',
    ),
  limits: byProfile(limits, 'Limits of agents of one profile')
    .default({ profiles: {} })
    .describe('What an agent may use in one run, where it has no limit of its own'),
  watchdog: byProfile(watching, 'The same for agents of one profile')
    .default({ profiles: {} })
    .describe('What the watchdog does by itself'),
  snapshots: z
    .strictObject(keeping)
    .default({})
    .describe(
      'When agents’ files are kept, and for how long. The newest of each agent, and what a destroyed one is revived from, stay; of one that is gone the newest stays for 90 days',
    ),
  worktrees: z
    .strictObject(worktreesConfig)
    .meta({ applies: 'next-agent' })
    .default({})
    .describe('How worktrees of new agents are made'),
  gates: gatesConfigSchema
    .default([])
    .describe(
      'Commands that a merge has to pass, one [[gates]] for each: run on what it would lead to, in a clean checkout',
    ),
  review: z
    .strictObject(reviewing)
    .default({})
    .describe('How what agents did is reviewed and merged'),
  pipeline: z
    .strictObject({
      ...pipelineConfig,
      ...landingConfig,
      profiles: z
        .record(profileName, z.strictObject(pipelineProfileConfig))
        .default({})
        .describe('Limits of agents of one profile'),
    })
    .default({ profiles: {} })
    .describe(
      'How stories go to agents, once `musher pipeline start` lets them, and from there into the target branch',
    ),
  cluster: z
    .strictObject(clusterConfig)
    .default({})
    .describe('Other machines that help with stories: `musher join-token`'),
  editor: z.strictObject(editing).default({}).describe('The editor that a review opens files in'),
  keys: keysConfig,
  board: z.strictObject(boardConfig).default({}).describe('The board of stories'),
  costs: costsConfigSchema
    .default({ prices: {}, budgets: { profiles: {} } })
    .describe('What models cost, and what all agents together may use'),
  profiles: z
    .record(profileName, profileConfigSchema)
    .meta({ applies: 'next-agent' })
    .default({})
    .describe('Profiles of your own: how a program is started as an agent'),
});
export type Config = z.infer<typeof configSchema>;

/** Which keys there are in the table at this path, as the schema has it; none where there is no table. */
export function configKeysAt(path: readonly PropertyKey[]): string[] {
  const found = path.reduce(stepInto, bare(configSchema));
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

/** A list is passed through by the number of its row, a table of names by any name. */
function stepInto(at: unknown, part: PropertyKey): unknown {
  if (at instanceof z.ZodObject) return bare(at.shape[String(part)]);
  if (at instanceof z.ZodRecord) return bare(at.valueType);
  return at instanceof z.ZodArray ? bare(at.element) : undefined;
}

/** Without defaults and checks around it. */
function bare(schema: unknown): unknown {
  const isWrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional;
  return isWrapped ? bare(schema.unwrap()) : schema;
}

/** What is wrong with a file, in words that its writer can act on. */
export const configProblemSchema = z.object({
  /** From 1; absent where it is not known, or the file cannot be read. */
  line: z.number().int().optional(),
  /** Dotted, as the file has it; absent where the file is no TOML. */
  key: z.string().optional(),
  /** What was expected and found, and the nearest valid key where one was misspelt. */
  message: z.string(),
});
export type ConfigProblem = z.infer<typeof configProblemSchema>;

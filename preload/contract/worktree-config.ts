/** What `config.toml` says of how worktrees of new agents are made: `[worktrees]`. */
import { z } from 'zod';

/** At most so many characters in one word, and so many words in a command. */
const most = { text: 2_000, list: 64 };

const commandLines = z
  .array(z.array(z.string().max(most.text)).min(1).max(most.list))
  .max(20)
  .refine((lines) => lines.every(([program]) => program !== ''), 'expected a program first')
  .optional();

const minutes = (most: number) =>
  z.number().min(0.05).max(most).meta({ unit: 'minutes' }).optional();

export const worktreesConfig = {
  pool: z
    .number()
    .int()
    .min(0)
    .max(10)
    .meta({ unit: 'worktrees' })
    .optional()
    .describe(
      'How many worktrees stand ready for new agents, made from the base and set up. Each takes the disk of a worktree. Default: 0',
    ),
  setup: commandLines.describe(
    'Commands that make a new worktree ready, each a list of program and arguments, such as [["npm", "ci"]]; they run in it, one after another, before its agent’s program. Default: none',
  ),
  setup_timeout_minutes: minutes(1_440).describe('Minutes that each of them may take. Default: 30'),
  teardown: commandLines.describe(
    'Commands that run in a worktree before it is removed, after its files were kept. Default: none',
  ),
  teardown_timeout_minutes: minutes(1_440).describe(
    'Minutes that each of them may take. Default: 5',
  ),
  base: z
    .string()
    .min(1)
    .max(250)
    .regex(/^[^-\s][^\s]*$/, 'expected a branch, tag or commit without spaces')
    .optional()
    .describe('What a new branch starts from. Default: the branch checked out in the repository'),
  fetch: z
    .boolean()
    .optional()
    .describe(
      'Where no base is named, fetch it first and start from the newest commit that its remote has. Default: false',
    ),
  rebase: z
    .enum(['off', 'clean'])
    .optional()
    .describe(
      'When an agent starts whose branch is behind what it is merged into, and nothing in its worktree is uncommitted: rebase it, or leave it where that conflicts. Default: off',
    ),
  ports: z
    .strictObject({
      from: z.number().int().min(1_024).max(65_535).describe('The first port of the first agent'),
      count: z
        .number()
        .int()
        .min(1)
        .max(100)
        .meta({ unit: 'ports' })
        .describe('How many ports each agent has in a row'),
    })
    .refine(({ from, count }) => from + count - 1 <= 65_535, {
      path: ['count'],
      error: 'expected ports up to 65535, found more',
    })
    .meta({ isWhole: true })
    .optional()
    .describe(
      'Ports for each agent’s own servers, told in MUSHER_PORT (the first) and MUSHER_PORT_COUNT. Default: none',
    ),
};

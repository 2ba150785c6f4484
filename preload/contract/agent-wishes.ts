/** What is wished of agents, and what they may say of themselves: the data of their larger commands. */
import { z } from 'zod';

/** When an agent is started again: `on-failure` after an exit code other than 0, a signal, or an end that nobody saw. */
export const restartPolicySchema = z.enum(['never', 'on-failure', 'always']);
export type RestartPolicy = z.infer<typeof restartPolicySchema>;

/** An existing agent's id. Free text here is no schema error: the refusal AGENT_NAME_INVALID suggests a valid one. */
export const agentRef = z.string().min(1).max(200).describe('Agent name');

/** A git revision or branch name; never starts with `-`, so it cannot be taken for an option. */
const revision = z
  .string()
  .min(1)
  .max(250)
  .regex(/^[^-\s][^\s]*$/, 'expected a branch, tag or commit without spaces');

export const addData = z.object({
  /** Name of the new agent; also its worktree folder and, by default, its branch `agent/<name>`. */
  name: agentRef,
  profile: z
    .string()
    .min(1)
    .max(40)
    .default('shell')
    .describe('claude, codex, gemini, opencode, copilot, aider, shell, script, or one of your own'),
  command: z
    .array(z.string().max(4096))
    .min(1)
    .max(64)
    .optional()
    .describe('Program and arguments, for the script profile'),
  branch: revision
    .optional()
    .describe('Branch to work on; default agent/<name>; made when it does not exist'),
  base: revision
    .optional()
    .describe(
      'What a new branch starts from; default of the config, or the branch checked out in the repository',
    ),
  at: z
    .string()
    .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'expected a full commit id')
    .optional()
    .describe('Commit that a new branch begins at, where that is not the newest of the base'),
  fetch: z
    .boolean()
    .default(false)
    .describe('Fetch the base first, and start from the newest commit that its remote has'),
  prompt: z
    .string()
    .max(100_000)
    .optional()
    .describe('First prompt, handed to the CLI when it is ready'),
  start: z.boolean().default(true).describe('Start it at once'),
  restart: restartPolicySchema
    .default('never')
    .describe('Start it again when its program ends by itself: never, on-failure or always'),
});

/** What an agent may tell programs beside its status. */
export const announced = {
  /** Paths that it has changed. */
  files: z.array(z.string().max(4_000)).max(20_000).optional(),
  /** Where in its work it is. */
  phase: z.string().max(100).optional(),
  /** Of that phase; free. */
  detail: z.unknown().optional(),
  /** The CLI that it runs in. */
  cli: z.string().max(100).optional(),
};

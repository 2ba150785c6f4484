/** Agents: coding CLIs, each in its own worktree, branch and terminal. */
import { z } from 'zod';
import { adoptCommands, forceTeardown, removeFolder } from './agent-adopting.ts';
import { addData, agentRef, announced, restartPolicySchema } from './agent-wishes.ts';
import {
  heardSchema,
  launchedSchema,
  outputSchema,
  provisionedSchema,
  removedSchema,
  reportCommands,
} from './agent-reports.ts';
import { portRangeSchema, rebaseSchema, startCommands, startEvents } from './agent-start.ts';
import { command, defineFeature, event, query } from './define.ts';
import { evidenceCommands, evidenceEvents, evidenceQueries } from './agent-evidence.ts';
import { heartbeatSchema, lostWorktreeSchema } from './status-evidence.ts';
import { conversationSchema, hookCommands, hookEvents } from './agent-hooks.ts';
import { limitSchema, nudgeCommands, nudgeEvents, nudgeSchema } from './agent-nudges.ts';
import { pauseCommands, pausedSchema, pauseEvents } from './agent-pausing.ts';
import { restartCommands, restartEvents, restartSchema } from './agent-restarts.ts';
import { agentStatusSchema, livenessSchema } from './agent-status.ts';
import { profileCommands, profileEvents, profileQueries } from './profiles.ts';
import { wireErrorSchema } from './wire-error.ts';
import {
  choreCommands,
  choreEvents,
  choreLineSchema,
  choreQueries,
  choreSchema,
} from './agent-chores.ts';

/**
 * Where an agent is in its life. `-ing` states are transient: the hub ends each of them, also after a failure
 * or a crash. `destroyed`: worktree and branch are gone from sight, a snapshot is kept, it can be revived or purged.
 */
export const agentStateSchema = z.enum([
  'creating',
  'starting',
  'running',
  'stopping',
  'stopped',
  'restarting',
  'destroying',
  'destroyed',
]);
export type AgentState = z.infer<typeof agentStateSchema>;

export type { AgentStatus, Liveness } from './agent-status.ts';

export const agentRecordSchema = z.object({
  id: z.string(),
  /** Which CLI and how it is driven: `claude`, `codex`, `shell`, `script` …, or one of the config's own. */
  profile: z.string(),
  /** For profiles that run a given program (`script`): program and arguments. */
  command: z.array(z.string()).optional(),
  /** First prompt handed to the CLI, if any. */
  prompt: z.string().optional(),
  branch: z.string(),
  /** What the branch was made from. */
  base: z.object({ ref: z.string(), commit: z.string() }).optional(),
  worktreePath: z.string().optional(),
  /** What became of its branch at a start, where the config has it rebased and it was behind. */
  rebase: rebaseSchema.optional(),
  /** The newest setup or teardown of its worktree; absent where there was none since it was added or revived. */
  chore: choreSchema.optional(),
  /** Its own, for servers that it starts; since its first start with ports in the config, and until it is destroyed. */
  ports: portRangeSchema.optional(),
  /** Where its worktree stands or stood, where Musher did not make it: that folder stays when the agent is destroyed. */
  adoptedPath: z.string().optional(),
  /** Paths of submodules that its worktree came without the files of, as git makes worktrees; absent when of none. */
  emptySubmodules: z.array(z.string()).optional(),
  state: agentStateSchema,
  stateSinceMs: z.number(),
  paused: pausedSchema.optional(),
  restart: restartSchema.optional(),
  /** The newest word that was typed to it with a receipt, in this session. */
  nudge: nudgeSchema.optional(),
  /** Its account or model took no more, in this session, and no turn has ended well since. */
  limit: limitSchema.optional(),
  /** Counts starts; part of the terminal id, and what inbox redelivery is measured by. */
  session: z.number().int(),
  terminalId: z.string().optional(),
  /** Which conversation of its CLI it is in, and how it came to it; absent before the first start. */
  conversation: conversationSchema.optional(),
  /** How the last session ended. */
  exit: z
    .object({
      code: z.number().nullable(),
      signal: z.string().nullable(),
      atMs: z.number(),
      expected: z.boolean(),
      /** Who had it ended; absent when it ended by itself. */
      by: z.enum(['operator', 'system']).optional(),
    })
    .optional(),
  /** Why the last transient state ended badly; cleared by the next success. */
  failure: wireErrorSchema.optional(),
  status: agentStatusSchema,
  liveness: livenessSchema,
  lastSeenMs: z.number().optional(),
  createdMs: z.number(),
  /** For a destroyed agent: the ref that keeps its files, if it had any. */
  snapshotRef: z.string().optional(),
});
export type AgentRecord = z.infer<typeof agentRecordSchema>;

const target = z.object({ agent: agentRef });
const begin = target.extend({
  fresh: z
    .boolean()
    .default(false)
    .describe('Begin a new conversation in place of taking up the last one'),
});
const agentResult = z.object({ agent: z.string() });

export const agents = defineFeature({
  name: 'agents',
  commands: {
    'agent.add': command({
      summary: 'Add an agent: a new worktree and branch, and its CLI started in a terminal',
      who: ['operator'],
      data: addData,
      result: agentResult,
      cli: {
        name: 'agent add',
        args: ['name', '...command'],
        examples: [
          'musher agent add backend --profile claude --prompt "Fix issue 12"',
          'musher agent add tests --profile script --restart on-failure -- node run-tests.mjs',
        ],
      },
    }),
    'agent.start': command({
      summary: 'Start a stopped agent again',
      who: ['operator'],
      data: begin.extend({
        skipSetup: z
          .boolean()
          .default(false)
          .describe('Start it though the setup commands of its worktree have not run'),
      }),
      result: agentResult,
      cli: { name: 'agent start', args: ['agent'] },
    }),
    'agent.stop': command({
      summary: 'Stop an agent, or the restart that it waits for; worktree, branch and inbox stay',
      who: ['operator'],
      data: target,
      result: agentResult,
      cli: { name: 'agent stop', args: ['agent'] },
    }),
    'agent.restart': command({
      summary: 'Stop an agent and start it again',
      who: ['operator'],
      data: begin,
      result: agentResult,
      cli: { name: 'agent restart', args: ['agent'] },
    }),
    'agent.destroy': command({
      summary:
        'Remove an agent and its worktree; all its files are snapshotted first and can be revived',
      who: ['operator'],
      data: target.extend({ removeFolder, force: forceTeardown }),
      result: agentResult,
      cli: { name: 'agent destroy', args: ['agent'] },
    }),
    'agent.revive': command({
      summary: 'Bring a destroyed agent back, with its files as they were',
      who: ['operator'],
      data: target,
      result: agentResult,
      cli: { name: 'agent revive', args: ['agent'] },
    }),
    'agent.purge': command({
      summary: 'Forget a destroyed agent; its branch and snapshot refs stay in git',
      who: ['operator'],
      byHand: 'what is forgotten does not come back',
      data: target,
      result: agentResult,
      cli: { name: 'agent purge', args: ['agent'] },
    }),
    ...adoptCommands,
    ...startCommands,
    ...choreCommands,
    'agent.report': command({
      summary: 'Say what you are doing; also counts as a sign of life',
      who: ['agent'],
      data: z.object({
        status: z.enum(['working', 'waiting', 'idle', 'blocked', 'done']),
        note: z.string().max(500).optional(),
      }),
      result: z.object({}),
      cli: {
        name: 'report',
        args: ['status', 'note'],
        examples: ['musher report working "adding the login form"'],
      },
      tool: {
        name: 'report_status',
        description:
          'Say what you are doing, in a few words, when you begin, when it changes, and when you are done or blocked. The operator sees it beside your name.',
      },
    }),
    'agent.announce': command({
      summary: 'Say what you are doing in a word of your own, with what programs read beside it',
      who: ['agent'],
      data: z.object({
        label: z
          .string()
          .min(1)
          .max(100)
          .describe('Your word for it: "working", "reviewing", "done"'),
        note: z.string().max(20_000).optional().describe('In a sentence'),
        ...announced,
      }),
      result: z.object({}),
    }),
    'agent.type': command({
      summary: 'Paste text into an agent’s terminal as the operator, with Enter after it',
      who: ['operator'],
      data: z.object({
        agent: z.string(),
        text: z.string().min(1).max(100_000),
        enter: z.boolean().default(true).describe('Press Enter after the text'),
      }),
      result: z.object({}),
      cli: { name: 'agent type', args: ['agent', 'text'] },
    }),
    'agent.wake': command({
      summary:
        'Tell an agent at its prompt that something came; nothing where its CLI cannot be told so',
      who: ['system'],
      data: target,
      result: z.object({}),
    }),
    ...hookCommands,
    ...pauseCommands,
    ...nudgeCommands,
    ...restartCommands,
    ...evidenceCommands,
    ...profileCommands,
    // What effects report back. No door exposes these.
    ...reportCommands,
    'agent.failed': command({
      summary: 'The work behind a transient state failed',
      who: ['system'],
      data: z.object({ agent: z.string(), during: agentStateSchema, error: wireErrorSchema }),
      result: z.object({}),
    }),
    'agent.age': command({
      summary: 'Silence changed an agent’s liveness',
      who: ['system'],
      data: z.object({ agent: z.string(), liveness: livenessSchema }),
      result: z.object({}),
    }),
  },
  queries: {
    'agent.list': query({
      summary: 'List agents with state, status and age',
      who: ['operator', 'agent'],
      data: z.object({ all: z.boolean().default(false).describe('Include destroyed agents') }),
      result: z.object({ agents: z.array(agentRecordSchema) }),
      cli: { name: 'agent list' },
      resource: {
        uri: 'musher://agents',
        name: 'Roster',
        description:
          'All agents of this repository: what they do, on which branch, and whether they are alive.',
        kinds: ['agent'],
      },
    }),
    'agent.self': query({
      summary: 'Show who you are: your worktree, branch and state',
      who: ['agent'],
      data: z.object({}),
      result: agentRecordSchema,
      cli: { name: 'self' },
      resource: {
        uri: 'musher://worktree',
        name: 'My worktree',
        description:
          'Your own folder, branch and what it was made from. Work there and nowhere else.',
        kinds: ['agent'],
      },
    }),
    'agent.screen': query({
      summary: 'Show the text on an agent’s screen now',
      who: ['operator'],
      data: z.object({ agent: z.string() }),
      result: z.object({ text: z.string(), cols: z.number(), rows: z.number() }),
      cli: { name: 'agent screen', args: ['agent'] },
    }),
    ...evidenceQueries({
      state: agentStateSchema,
      status: agentStatusSchema,
      liveness: livenessSchema,
    }),
    ...profileQueries,
    ...choreQueries,
    'repository.get': query({
      summary: 'Show the repository, its branches and its defaults',
      who: ['operator', 'agent'],
      data: z.object({}),
      result: z.object({
        root: z.string(),
        name: z.string(),
        branches: z.array(z.string()),
        defaultBase: z.string(),
        worktreesFolder: z.string(),
      }),
      cli: { name: 'repository' },
    }),
  },
  events: {
    'agent.added': event({
      v: 1,
      data: z.object({
        agent: z.string(),
        profile: z.string(),
        command: z.array(z.string()).optional(),
        branch: z.string(),
        baseRef: z.string(),
        prompt: z.string().optional(),
        start: z.boolean(),
        /** Absent: never. */
        restart: restartPolicySchema.optional(),
        /** Where its worktree stands already. Absent: Musher makes one. */
        adoptedPath: z.string().optional(),
      }),
    }),
    'agent.state_changed': event({
      v: 1,
      data: z.object({ agent: z.string(), to: agentStateSchema, session: z.number().optional() }),
    }),
    'agent.provisioned': event({ v: 1, data: provisionedSchema }),
    'agent.launched': event({ v: 1, data: launchedSchema }),
    'agent.reported': event({
      v: 1,
      data: z.object({
        agent: z.string(),
        status: z.enum(['working', 'waiting', 'idle', 'blocked', 'done']),
        note: z.string().optional(),
        label: z.string().optional(),
        ...announced,
      }),
    }),
    'agent.failed': event({
      v: 1,
      data: z.object({
        agent: z.string(),
        during: agentStateSchema,
        to: agentStateSchema,
        error: wireErrorSchema,
      }),
    }),
    'agent.destroyed': event({ v: 1, data: removedSchema }),
    'agent.purged': event({ v: 1, data: z.object({ agent: z.string() }) }),
    'agent.heard': event({ v: 1, data: heardSchema }),
    'agent.aged': event({ v: 1, data: z.object({ agent: z.string(), liveness: livenessSchema }) }),
    ...hookEvents,
    ...startEvents,
    ...choreEvents,
    ...pauseEvents,
    ...nudgeEvents,
    ...restartEvents,
    ...evidenceEvents,
    ...profileEvents,
  },
  records: { agent: agentRecordSchema },
  live: {
    output: outputSchema,
    heartbeat: heartbeatSchema,
    lostWorktree: lostWorktreeSchema,
    choreLine: choreLineSchema,
  },
});

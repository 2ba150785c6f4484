/**
 * Gates: commands of the operator's own (`[[gates]]` in config.toml) that run on what a merge would lead to, each in a clean checkout and a
 * terminal of its own. A required one must have passed on exactly the tree that is merged.
 */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { waitMs } from './messages.ts';
import { wireErrorSchema } from './wire-error.ts';

/** Of a run. `lost`: nobody saw how its program ended, or it could not be tried at all; it says nothing of the commit. */
export const gateStates = [
  'queued',
  'running',
  'passed',
  'failed',
  'timed_out',
  'cancelled',
  'lost',
] as const;
export type GateState = (typeof gateStates)[number];

/** What ends a run before its program does. */
export type GateEnding = 'cancel' | 'timeout';

const id = z.string().min(1).max(80);
/** Of a gate, as it is told. */
const gateName = z.string();
/** 1 for the first; how many there are is `parallel_gates`. */
const slot = z.number().int().min(1).max(64);
/** Of what a terminal showed last. */
export const gateTailLimits = { lines: 24, chars: 400 } as const;
const tail = z.array(z.string()).max(gateTailLimits.lines);

/** A gate as the operator has it now. What it has in `env` is not told: it may be secret. */
export const gateDefinitionSchema = z.object({
  name: gateName,
  /** Program and arguments; no shell reads them. */
  command: z.array(z.string()),
  /** It is of no concern to a merge that changes none of these; empty: to every merge. */
  paths: z.array(z.string()),
  /** False: its result is shown, and stops nothing. */
  required: z.boolean(),
  timeoutMs: z.number(),
});
export type GateDefinition = z.infer<typeof gateDefinitionSchema>;

/** What a run is of, from when it is queued on. */
const runFacts = {
  gate: gateName,
  /** What was run, as a hash over command, environment and timeout: another one is another gate, though its name be the same. */
  hash: z.string(),
  /** Of the files it ran on. */
  tree: z.string(),
  /** A commit of that tree. */
  commit: z.string(),
  command: z.array(z.string()),
  required: z.boolean(),
  timeoutMs: z.number(),
  /** Of the terminal that it has, and of its recording: `<owner>.<session>`. */
  terminalId: z.string(),
};

/** One run of one gate on one tree. */
export const gateRunSchema = z.object({
  id: z.string(),
  ...runFacts,
  state: z.enum(gateStates),
  queuedMs: z.number(),
  /** When its program began. */
  startedMs: z.number().optional(),
  endedMs: z.number().optional(),
  /** How long its program ran, milliseconds; absent where it ended while no hub was there to see when. */
  durationMs: z.number().optional(),
  /** Null when a signal ended it. */
  exitCode: z.number().nullable().optional(),
  signal: z.string().nullable().optional(),
  /** It is being ended. */
  ending: z.enum(['cancel', 'timeout']).optional(),
  /** What its terminal showed last, secrets hidden. Untrusted text. */
  lastLines: tail.optional(),
  /** Why its program could not be run, or was lost. */
  error: wireErrorSchema.optional(),
});
export type GateRun = z.infer<typeof gateRunSchema>;

const plannedGateSchema = z.object({
  gate: gateName,
  hash: z.string(),
  required: z.boolean(),
  /** False: the merge changes none of its paths, so it need not pass. */
  applies: z.boolean(),
  /** Its run; absent when it does not apply. */
  run: z.string().optional(),
  /** It had passed on this very tree before and was not run again. */
  isCached: z.boolean().optional(),
});
export type PlannedGate = z.infer<typeof plannedGateSchema>;

/** `request`: an approval was asked for. `run`: somebody wanted it. `merge`: a yes waits for it. */
export const checkPurposes = ['request', 'run', 'merge'] as const;

const checkFields = {
  purpose: z.enum(checkPurposes),
  approval: z.string().optional(),
  /** Whose commit it is, where that is known. */
  agent: z.string().optional(),
  commit: z.string(),
  target: z.string(),
  /** The commit that a merge would lead to, from where the target was (`from`). */
  result: z.string(),
  from: z.string(),
  tree: z.string(),
  gates: z.array(plannedGateSchema),
  /** The merge changes the gates in `.musher/config.toml`; those that run are the operator's all the same. */
  changesGates: z.boolean(),
  /** Only some of the gates were wanted. */
  isPartial: z.boolean().optional(),
};

/** All gates of one merge result. */
export const gateCheckSchema = z.object({
  id: z.string(),
  ...checkFields,
  atMs: z.number(),
  /** The target has moved since: the merge leads to another tree, which is checked before anything is merged. */
  isStale: z.boolean().optional(),
});
export type GateCheck = z.infer<typeof gateCheckSchema>;

/** Of a check as a whole, by its required gates: `green` when all that apply have passed. */
export const verdicts = ['running', 'green', 'red'] as const;
export type Verdict = (typeof verdicts)[number];

const run = z.object({ run: id });
const ended = run.extend({
  /** Absent: it did not come to that. */
  exit: z.object({ exitCode: z.number().nullable(), signal: z.string().nullable() }).optional(),
  lastLines: tail.default([]),
  error: wireErrorSchema.optional(),
  /** It ended while no hub was there: how long it ran is not known. */
  isLate: z.boolean().default(false),
});

export const gates = defineFeature({
  name: 'gates',
  commands: {
    'gate.run': command({
      summary: 'Run gates on what merging an approval or a commit would lead to',
      who: ['operator', 'agent'],
      data: z.object({
        subject: z
          .string()
          .min(4)
          .max(80)
          .regex(/^[0-9A-Za-z_-]+$/, 'expected the id of an approval or a commit')
          .describe('Approval, or commit id; an agent’s are its own'),
        gate: z
          .string()
          .min(1)
          .max(40)
          .optional()
          .describe('Only this one; default: all that apply'),
        again: z
          .boolean()
          .default(false)
          .describe('Also what has passed on these very files before'),
      }),
      result: z.object({ check: z.string() }),
      cli: {
        name: 'gate run',
        args: ['subject'],
        examples: [
          'musher gate run $(git rev-parse HEAD) --wait 10m',
          'musher gate run a-7f3k2m9x',
        ],
      },
      tool: {
        name: 'run_gates',
        description:
          'Run the project’s gates (its tests and checks, as the operator configured them) on the merge of a commit of yours, by its full id, before you ask for approval. With waitMs it waits for the results; a red gate has its exit code and last lines.',
        outcome: { query: 'gate.outcome', subject: 'check' },
      },
    }),
    'gate.cancel': command({
      summary: 'End a run of a gate; it counts as not run',
      who: ['operator'],
      data: run,
      result: z.object({ run: z.string() }),
      cli: { name: 'gate cancel', args: ['run'] },
    }),
    // What sources, ticks and effects report. No door exposes these.
    'gate.plan': command({
      summary: 'Run the gates of a request for approval',
      who: ['system'],
      data: z.object({ approval: id }),
      result: z.object({}),
    }),
    'gate.require': command({
      summary: 'Run what a merge waits for',
      who: ['system'],
      data: z.object({ approval: id, commit: z.string(), from: z.string() }),
      result: z.object({}),
    }),
    'gate.started': command({
      summary: 'A run has its checkout',
      who: ['system'],
      data: run.extend({ slot }),
      result: z.object({}),
    }),
    'gate.opened': command({
      summary: 'The program of a run began',
      who: ['system'],
      data: run,
      result: z.object({}),
    }),
    'gate.ended': command({
      summary: 'A run is over',
      who: ['system'],
      data: ended,
      result: z.object({}),
    }),
    'gate.expire': command({
      summary: 'A run has taken longer than its gate may',
      who: ['system'],
      data: run,
      result: z.object({}),
    }),
  },
  queries: {
    'gate.list': query({
      summary: 'List the gates, each with its newest run',
      who: ['operator', 'agent'],
      data: z.object({}),
      result: z.object({
        gates: z.array(gateDefinitionSchema.extend({ newest: gateRunSchema.optional() })),
        /** When they run: as soon as an approval is asked for, or once it is given. */
        when: z.enum(['on-request', 'on-approve']),
        parallel: z.number(),
      }),
      cli: { name: 'gate list' },
    }),
    'gate.outcome': query({
      summary: 'Show the results of gates on one merge, waiting until all have ended',
      who: ['operator', 'agent'],
      data: z.object({ check: id, waitMs }),
      result: z.object({
        check: gateCheckSchema,
        verdict: z.enum(verdicts),
        /** In the order of its gates. */
        runs: z.array(gateRunSchema),
      }),
      cli: { name: 'gate outcome', args: ['check'] },
    }),
  },
  events: {
    'gate.planned': event({ v: 1, data: z.object({ check: id, ...checkFields }) }),
    'gate.queued': event({ v: 1, data: run.extend(runFacts) }),
    'gate.started': event({ v: 1, data: run.extend({ gate: gateName, slot }) }),
    'gate.opened': event({ v: 1, data: run.extend({ gate: gateName }) }),
    'gate.ending': event({
      v: 1,
      data: run.extend({ gate: gateName, why: z.enum(['cancel', 'timeout']) }),
    }),
    'gate.ended': event({
      v: 1,
      data: run.extend({
        gate: gateName,
        tree: z.string(),
        state: z.enum(['passed', 'failed', 'timed_out', 'cancelled', 'lost']),
        exitCode: z.number().nullable().optional(),
        signal: z.string().nullable().optional(),
        durationMs: z.number().optional(),
        lastLines: tail,
        error: wireErrorSchema.optional(),
        /** Whose request cannot be merged because of it: it is in that agent's inbox. */
        tells: z.object({ agent: z.string(), approval: z.string() }).optional(),
      }),
    }),
  },
  records: { gateRun: gateRunSchema, gateCheck: gateCheckSchema },
  live: { gate: gateDefinitionSchema },
});

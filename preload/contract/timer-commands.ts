/** What may be done with timers. All are the operator's; an agent may remind itself, and take that back. */
import { z } from 'zod';
import { actionFields } from './actions.ts';
import { command } from './define.ts';
import { longestMs, shortestEveryMs } from './timer-facts.ts';
import { wireErrorSchema } from './wire-error.ts';

export const timerId = z.string().min(1).max(20);
const timer = timerId.describe('Its id, t-3');
const label = z.string().trim().min(1).max(100);
const operator = ['operator'] as const;
const operatorOrAgent = ['operator', 'agent'] as const;
const noEnd = 'a timer that sets timers would have no end';

export const whenFields = {
  at: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe(
      'At this time: 2026-12-01T09:00, 17:30, "tomorrow 9:00"; with --every or --cron the first time',
    ),
  inMs: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(longestMs)
    .optional()
    .describe('After this long; with --every the first time'),
  everyMs: z.coerce
    .number()
    .int()
    .min(shortestEveryMs)
    .max(longestMs)
    .optional()
    .describe('Again and again after this long, at least a minute'),
  cron: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Again and again: minute hour day month weekday, "0 9 * * 1-5"; or @daily'),
  zone: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe('Where --at and --cron are read, Europe/Berlin; default: where this machine is'),
};
export type WhenFields = z.infer<z.ZodObject<typeof whenFields>>;

const named = z.object({ timer: z.string() });
const armed = named.extend({
  /** Absent: it has no next time. */
  nextMs: z.number().optional(),
  does: z.string(),
});

const setCommands = {
  'timer.add': command({
    summary: 'Do something at a time: a command, or what an agent is told',
    who: operator,
    byHand: noEnd,
    data: z.object({
      label: label.optional().describe('What you call it'),
      ...whenFields,
      ...actionFields,
    }),
    result: armed,
    cli: {
      name: 'timer add',
      args: ['label'],
      examples: [
        `musher timer add "back to work" --at 2026-12-01T09:00 --do 'story unfreeze s-3'`,
        `musher timer add --cron '0 9 * * 1-5' --zone Europe/Berlin --prompt "look at new issues" --to triage`,
        'musher timer add nightly --every 1d --at 02:00 --prompt "update what we depend on" --profile claude',
      ],
    },
  }),
  'timer.edit': command({
    summary: 'Change when a timer fires, or what it does; what is left out stays',
    who: operator,
    byHand: noEnd,
    data: z.object({ timer, label: label.optional(), ...whenFields, ...actionFields }),
    result: armed,
    cli: {
      name: 'timer edit',
      args: ['timer'],
      examples: ["musher timer edit t-3 --cron '0 10 * * 1-5'"],
    },
  }),
  'timer.remind': command({
    summary: 'Be reminded: an item in your Inbox; as an agent, something in your own',
    who: operatorOrAgent,
    data: z.object({
      text: z.string().trim().min(1).max(4_000).describe('Of what'),
      ...whenFields,
    }),
    result: armed,
    cli: {
      name: 'remind',
      args: ['text'],
      examples: [
        'musher remind "look at backend" --in 2h',
        'musher remind "the release" --at "tomorrow 9:00"',
      ],
    },
    tool: {
      name: 'remind_me',
      description:
        'Be reminded of something later: it comes to your own inbox then, also after a restart. Give inMs (milliseconds), or at (a local time).',
    },
  }),
};

const keepCommands = {
  'timer.pause': command({
    summary: 'Keep a timer from firing until it is resumed',
    who: operator,
    data: z.object({ timer }),
    result: named,
    cli: { name: 'timer pause', args: ['timer'] },
  }),
  'timer.resume': command({
    summary: 'Let a paused timer fire again, at its next time from now on',
    who: operator,
    data: z.object({ timer }),
    result: armed,
    cli: { name: 'timer resume', args: ['timer'] },
  }),
  'timer.run': command({
    summary: 'Do now what a timer is for; its next time stays',
    who: operator,
    byHand: noEnd,
    data: z.object({ timer }),
    result: named.extend({ n: z.number().int() }),
    cli: { name: 'timer run', args: ['timer'] },
  }),
  'timer.remove': command({
    summary: 'Take a timer or a reminder back; what it did stays in its history',
    who: operatorOrAgent,
    data: z.object({ timer }),
    result: named,
    cli: { name: 'timer remove', args: ['timer'] },
  }),
};

const systemCommands = {
  'timer.fire': command({
    summary: 'The time of a timer has come',
    who: ['system'],
    data: named.extend({ dueMs: z.number() }),
    result: z.object({}),
  }),
  'timer.rearm': command({
    summary: 'The clock went back to before a timer was set: its next time is nearer',
    who: ['system'],
    data: named,
    result: z.object({}),
  }),
  'timer.acted': command({
    summary: 'What came of a firing',
    who: ['system'],
    data: named.extend({
      n: z.number().int(),
      made: z.string().max(200).optional(),
      error: wireErrorSchema.optional(),
    }),
    result: z.object({}),
  }),
};

export const timerCommands = { ...setCommands, ...keepCommands, ...systemCommands };

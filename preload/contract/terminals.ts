/** Terminals: ptys that agents live in. Their bytes never enter the log; it keeps only opened and exited. */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';

export const terminalRecordSchema = z.object({
  /** `<agent>.<session>`. */
  id: z.string(),
  agent: z.string(),
  pid: z.number(),
  state: z.enum(['running', 'exited']),
  openedMs: z.number(),
  exitCode: z.number().nullable().optional(),
  signal: z.string().nullable().optional(),
});
export type TerminalRecord = z.infer<typeof terminalRecordSchema>;

const exited = z.object({
  terminalId: z.string(),
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
});

export const terminals = defineFeature({
  name: 'terminals',
  commands: {
    'terminal.exited': command({
      summary: 'The program in a terminal ended',
      who: ['system'],
      data: exited,
      result: z.object({}),
    }),
    'terminal.type': command({
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
  },
  queries: {
    'terminal.text': query({
      summary: 'Show the text on an agent’s screen now',
      who: ['operator'],
      data: z.object({ agent: z.string() }),
      result: z.object({ text: z.string(), cols: z.number(), rows: z.number() }),
      cli: { name: 'agent screen', args: ['agent'] },
    }),
  },
  events: {
    'terminal.exited': event({ v: 1, data: exited.extend({ agent: z.string() }) }),
  },
  records: { terminal: terminalRecordSchema },
});

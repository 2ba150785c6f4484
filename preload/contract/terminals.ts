/** Terminals: ptys that agents live in. Their bytes never enter the log; it keeps only opened and exited. */
import { z } from 'zod';
import { command, defineFeature, event } from './define.ts';

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
  },
  queries: {},
  events: {
    'terminal.exited': event({
      v: 1,
      data: exited.extend({
        agent: z.string(),
        /** False when nobody had told it to end. */
        expected: z.boolean().optional(),
      }),
    }),
  },
  records: { terminal: terminalRecordSchema },
});

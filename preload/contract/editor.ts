/** The operator's own editor, opened at a line of an agent's worktree, or of the repository, and which files there are. */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';

const agent = z.string().min(1).max(80).optional();
const line = z.number().int().min(1).max(100_000_000);

export const editor = defineFeature({
  name: 'editor',
  commands: {
    'editor.open': command({
      summary: 'Open a file in your editor, at a line',
      who: ['operator'],
      data: z.object({
        path: z
          .string()
          .min(1)
          .max(4_120)
          .describe('From the root of the worktree; path:line where no file is called so'),
        line: line.optional().describe('From 1. Default: 1'),
        agent: agent.describe('In whose worktree; default: the repository itself'),
      }),
      result: z.object({ path: z.string(), line: z.number() }),
      cli: {
        name: 'edit',
        args: ['path'],
        examples: ['musher edit src/auth.ts:12 --agent backend'],
      },
    }),
    'editor.failed': command({
      summary: 'The editor could not be started',
      who: ['system'],
      data: z.object({ path: z.string(), reason: z.string() }),
      result: z.object({}),
    }),
  },
  queries: {
    'file.find': query({
      summary: 'Find tracked files of the repository by what you know of their names',
      who: ['operator'],
      data: z.object({
        text: z
          .string()
          .min(1)
          .max(200)
          .describe('Words in any order, parts of words, or mistyped: shell pal, tokesn'),
        limit: z.coerce.number().int().min(1).max(200).default(20).describe('At most so many'),
      }),
      result: z.object({
        /** From the root of the repository, the best first. */
        files: z.array(z.string()),
        /** How many fit. */
        total: z.number().int(),
      }),
      cli: { name: 'find', args: ['text'], examples: ['musher find "shell pal"'] },
    }),
    'editor.get': query({
      summary: 'Show which editor is opened, or why none is',
      who: ['operator'],
      data: z.object({}),
      result: z.object({
        /** As config.toml has it, with its placeholders. */
        command: z.array(z.string()).optional(),
        /** Why there is none, and what to do. */
        reason: z.string().optional(),
      }),
      cli: { name: 'editor' },
    }),
  },
  events: {
    /** `path` is the file's own, absolute. */
    'editor.opened': event({
      v: 1,
      data: z.object({ path: z.string(), line: z.number(), agent: z.string().optional() }),
    }),
    'editor.failed': event({ v: 1, data: z.object({ path: z.string(), reason: z.string() }) }),
  },
  records: {},
});

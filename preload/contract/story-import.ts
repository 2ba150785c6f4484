/** Stories from files: markdown with front matter, and issues as GitHub has them in JSON. All or nothing. */
import { z } from 'zod';
import { command } from './define.ts';
import { storyFieldSchema } from './story-facts.ts';

export const importedStories = 10_000;
/** Of all files together. */
export const importedBytes = 10 * 1024 * 1024;

const row = z.object({
  /** Absent of what a dry run would add. */
  story: z.string().optional(),
  title: z.string(),
  /** The file, or the address. Untrusted text. */
  source: z.string(),
  fields: z.array(storyFieldSchema),
});

/** Of each list at most so many are named; the counts are whole. */
export const importNamed = 200;

export const importCommands = {
  'story.import': command({
    summary:
      'Make stories of markdown files and issues, or bring those up to date that came from there; all or nothing',
    who: ['operator'],
    data: z.object({
      paths: z
        .array(
          z
            .string()
            .min(1)
            .max(4_000)
            .regex(/^([/\\]|[A-Za-z]:)/, 'expected an absolute path'),
        )
        .min(1)
        .max(1_000)
        .describe('Files (.md, .json) or folders of them'),
      dryRun: z.boolean().default(false).describe('Only say what would be done'),
    }),
    result: z.object({
      dryRun: z.boolean(),
      counts: z.object({
        added: z.number().int(),
        updated: z.number().int(),
        unchanged: z.number().int(),
        /** Stories with a field that the operator changed: it stays as it is. */
        kept: z.number().int(),
        /** Closed issues and pull requests that no story came from. */
        skipped: z.number().int(),
      }),
      added: z.array(row),
      updated: z.array(row),
      kept: z.array(row),
    }),
    cli: {
      name: 'story import',
      args: ['...paths'],
      examples: [
        'musher story import stories/ --dry-run',
        'gh issue list --json number,title,body,labels,state,assignees,url > issues.json && musher story import issues.json',
      ],
    },
  }),
};

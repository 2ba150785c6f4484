/** What `config.toml` says of approvals that need no operator, or always one: `[[review.delegate]]`. The first rule that fits counts. */
import { z } from 'zod';

export const mostDelegateRules = 50;

const words = (most: number) => z.array(z.string().min(1).max(500)).max(most).default([]);
const bound = (most: number, unit: string) =>
  z.number().int().min(1).max(most).meta({ unit }).optional();

const rule = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a-z, 0-9 and single - in between')
    .max(40)
    .describe('What it is called, in the log and in commits. Required'),
  action: z
    .enum(['approve', 'ask'])
    .describe(
      'approve: Musher approves what fits without asking you; ask: you always decide it. Only your own config file may say approve. Required',
    ),
  paths: words(50).describe(
    'Files it is about, such as docs/** or *.md. To approve, every changed file must be one of them, case counts, and at least one is required; to ask, one such file is enough. Default: all',
  ),
  except: words(50).describe('Files of those that it is not about. Default: none'),
  agents: words(50).describe('Agents it is about, by name; docs-* is a pattern. Default: all'),
  targets: words(50).describe('Branches it is about; release/* is a pattern. Default: all'),
  max_files: bound(200, 'files').describe(
    'How many files may change at most for it to approve; of a rule that asks: it asks only where more change. Default: any number',
  ),
  max_lines: bound(1_000_000, 'lines').describe(
    'The same for lines added and removed together; binary files, which have none, count as too many. Default: any number',
  ),
  max_per_hour: bound(1_000, 'an hour').describe(
    'So many may it approve within an hour; beyond that you are asked. Default: 20',
  ),
  update_checkout: z
    .boolean()
    .optional()
    .describe(
      'It may change the files of a checkout of the target as well, where that is clean; else such a target is left to you. Default: false',
    ),
});
export type DelegateRule = z.infer<typeof rule>;

export const delegateConfigSchema = z
  .array(rule)
  .max(mostDelegateRules)
  .superRefine((rules, ctx) => {
    rules.forEach((one, at) => {
      for (const [key, message] of faultsOf(one, rules.slice(0, at)))
        ctx.addIssue({ code: 'custom', path: [at, key], message });
    });
  })
  .optional()
  .describe(
    'Approvals that need no yes of yours, or always one, one [[review.delegate]] for each rule. Default: you decide all',
  );

function* faultsOf(
  { name, action, paths, max_per_hour: perHour, update_checkout: updates }: DelegateRule,
  above: readonly DelegateRule[],
): Generator<[key: keyof DelegateRule, message: string]> {
  if (above.some((other) => other.name === name))
    yield ['name', `expected a name of its own: there is a rule "${name}" above`];
  if (action === 'approve' && paths.length === 0)
    yield ['action', 'expected paths as well: a rule that approves says of which files'];
  const asks = 'expected only in a rule that approves';
  if (action === 'ask' && perHour !== undefined) yield ['max_per_hour', asks];
  if (action === 'ask' && updates !== undefined) yield ['update_checkout', asks];
}

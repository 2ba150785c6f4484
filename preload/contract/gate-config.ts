/** What `config.toml` says of gates: `[[gates]]`, one for each, and `[review]`. */
import { z } from 'zod';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** Of one run: so that one that hangs ends. */
const mostMs = 24 * unitMs.h;
export const mostGates = 20;

/** `90s`, `10m`, `2h`; undefined for anything else, and for what is not from a second to a day. */
export function gateTimeoutMs(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})(s|m|h)$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs[unit as keyof typeof unitMs] ?? Number.NaN);
  return ms >= unitMs.s && ms <= mostMs ? ms : undefined;
}

export const gateConfigSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a-z, 0-9 and single - in between')
    .max(40)
    .describe('What it is called, in lists and by `musher gate run --gate`. Required'),
  command: z
    .array(z.string().min(1).max(2_000))
    .min(1)
    .max(64)
    .describe(
      'Program and arguments, as a list; no shell reads them. A program with a slash is one of the checkout. Required',
    ),
  paths: z
    .array(z.string().min(1).max(500))
    .max(20)
    .default([])
    .describe(
      'Files it is about, such as src/** or docs/; a merge that changes none of them need not pass it. Default: all',
    ),
  required: z
    .boolean()
    .default(true)
    .describe(
      'Nothing is merged that has not passed it; false: its result is only shown. Default: true',
    ),
  timeout: z
    .string()
    .refine((text) => gateTimeoutMs(text) !== undefined, {
      error: ({ input }) => `expected 1s to 24h, such as 90s, 10m or 2h, found "${String(input)}"`,
    })
    .meta({ format: 'duration' })
    .default('10m')
    .describe('How long one run may take; then it is ended and has not passed. Default: 10m'),
  env: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected letters, digits and _'),
      z.string().max(2_000),
    )
    .default({})
    .describe('Environment, beside CI=true, MUSHER_GATE and that of Musher itself. Default: none'),
});
export type GateConfig = z.infer<typeof gateConfigSchema>;

export const gatesConfigSchema = z
  .array(gateConfigSchema)
  .max(mostGates)
  .superRefine((gates, ctx) => {
    gates.forEach(({ name }, at) => {
      if (gates.findIndex((other) => other.name === name) !== at)
        ctx.addIssue({
          code: 'custom',
          path: [at, 'name'],
          message: `expected a name of its own: there is a gate "${name}" above`,
        });
    });
  });

export const reviewConfig = {
  gates: z
    .enum(['on-request', 'on-approve'])
    .optional()
    .describe(
      'When gates run: in the background as soon as an agent asks for approval, or only once you approve. What is merged has passed the required ones either way. Default: on-request',
    ),
  parallel_gates: z
    .number()
    .int()
    .min(1)
    .max(8)
    .meta({ unit: 'gates' })
    .optional()
    .describe(
      'How many gates run at once, each in a checkout of its own. More end sooner together, and leave agents less of the machine. Default: 2',
    ),
};

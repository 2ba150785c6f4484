/** The schema of an error as it crosses a process border. */
import { z } from 'zod';
import type { WireError } from './errors.ts';

export const wireErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  mend: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
}) satisfies z.ZodType<WireError>;

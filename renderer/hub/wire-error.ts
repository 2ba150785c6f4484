import type { WireError } from '../../preload/contract/errors.ts';
import { wireErrorSchema } from '../../preload/contract/wire-error.ts';

/** The error of a refused request, or one that says the page itself is at fault. */
export function toWireErrorOf(thrown: unknown): WireError {
  const wire =
    typeof thrown === 'object' && thrown !== null && 'wire' in thrown ? thrown.wire : undefined;
  const parsed = wireErrorSchema.safeParse(wire);
  if (parsed.success) return parsed.data;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'PAGE_FAILED',
    message: `The page could not do this: ${reason}`,
    mend: 'Try again; reload the page if it stays so.',
  };
}

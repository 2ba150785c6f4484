import type { WireError } from '../../preload/contract/errors.ts';

/** The error of a refused request, or one that says the page itself is at fault. */
export function toWireErrorOf(thrown: unknown): WireError {
  const wire =
    typeof thrown === 'object' && thrown !== null && 'wire' in thrown ? thrown.wire : undefined;
  if (isWireError(wire)) return wire;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'PAGE_FAILED',
    message: `The page could not do this: ${reason}`,
    mend: 'Try again; reload the page if it stays so.',
  };
}

/** Of the page's own making as a rule, but whatever a promise was refused with may come here. */
function isWireError(value: unknown): value is WireError {
  if (typeof value !== 'object' || value === null) return false;
  const { code, message, mend } = value as Partial<Record<keyof WireError, unknown>>;
  return [code, message, mend].every((word) => typeof word === 'string');
}

/** Errors as the command tells them: two lines for people, one JSON value with --json. */
import { toWireError, type WireError } from '../../preload/contract/errors.ts';
import { MusherError } from '../base/result.ts';
import { oneLine, safeJson } from './format/plain-text.ts';
import type { Style } from './format/view.ts';

/** A wrong command line. `command` are the words after `musher`, for the pointer to its help. */
export function usageError(reason: string, command = ''): MusherError {
  const wire = toWireError('USAGE', { reason, command });
  const mend = command === '' ? 'See `musher --help`.' : wire.mend;
  return new MusherError({ ...wire, mend });
}

/** The operator's token is stored nowhere (agents run as the same user), so the error says where it comes from. */
export function tokenMissing(): MusherError {
  const mend =
    'Agents have it in their terminal. As the operator, set it to the token that `musher serve` printed; it is never stored on disk.';
  return new MusherError({
    ...toWireError('UNAUTHENTICATED'),
    message: 'MUSHER_TOKEN is not set.',
    mend,
  });
}

/** Message and code, then what to do about it. */
export function describeFailure(error: WireError, style: Style): string {
  const code = style.dim(`[${oneLine(error.code)}]`);
  return `${style.red(oneLine(error.message))} ${code}\n→ ${oneLine(error.mend)}\n`;
}

export function failureJson(error: WireError): string {
  return `${safeJson({ error })}\n`;
}

/** Programming mistakes: thrown, caught nowhere but at the process edge. Never for bad input. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new BugError(message);
}

/** The value, or a BugError when it is missing. */
export function must<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new BugError(message);
  return value;
}

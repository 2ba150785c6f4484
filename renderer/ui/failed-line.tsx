import { type Said, sayError } from './say-error.ts';

interface FailedLineProps {
  error: Said;
  /** Asks again. */
  onRetry: () => void;
}

/** Among other facts: why something is not shown, what to do, and another try. */
export function FailedLine({ error, onRetry }: FailedLineProps) {
  return (
    <p role="alert" className="text-sm text-red wrap-anywhere">
      {sayError(error)}{' '}
      <button type="button" className="rounded-sm text-accent hover:underline" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}

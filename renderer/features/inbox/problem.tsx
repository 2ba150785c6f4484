import type { WireError } from '../../../preload/contract/errors.ts';
import { classNames } from '../../ui/class-names.ts';
import { UntrustedText } from '../../ui/untrusted-text.tsx';

/** What went wrong, and what to do now. Calm: it had to come, and nothing is broken. */
export function Problem({ error, isCalm }: { error: WireError; isCalm?: boolean }) {
  return (
    <div
      className={classNames(
        'border-l-2 pl-3 not-first:mt-3',
        isCalm ? 'border-amber' : 'border-red',
      )}
    >
      <UntrustedText text={error.message} />
      <UntrustedText text={error.mend} className="text-muted" />
    </div>
  );
}

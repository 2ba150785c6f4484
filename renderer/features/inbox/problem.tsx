import type { WireError } from '../../../preload/contract/errors.ts';
import { UntrustedText } from '../../ui/untrusted-text.tsx';

/** What went wrong, and what to do now. */
export function Problem({ error }: { error: WireError }) {
  return (
    <div className="mt-3 border-l-2 border-red pl-3">
      <UntrustedText text={error.message} />
      <UntrustedText text={error.mend} className="text-muted" />
    </div>
  );
}

import { toPlainLine } from '../../ui/plain-text.ts';

/** Of a document: what stays where it is. */
export function LeftOut({ keys }: { keys: readonly string[] }) {
  if (keys.length === 0) return null;
  return (
    <p className="text-sm text-muted wrap-anywhere">
      Left out, as they may be secret: {keys.map(toPlainLine).join(', ')}.
    </p>
  );
}

import { classNames } from './class-names.ts';
import { toPlainLine, toPlainText } from './plain-text.ts';

interface UntrustedTextProps {
  text: string;
  className?: string;
}

/** A text somebody else wrote: shown as text alone, whitespace kept, nothing in it is clickable. */
export function UntrustedText({ text, className }: UntrustedTextProps) {
  return <div className={classNames('text-untrusted', className)}>{toPlainText(text)}</div>;
}

/** The same on one line, cut at the edge, whole on hover. */
export function UntrustedLine({ text, className }: UntrustedTextProps) {
  const line = toPlainLine(text);
  return (
    <span dir="auto" title={line} className={classNames('min-w-0 truncate', className)}>
      {line}
    </span>
  );
}

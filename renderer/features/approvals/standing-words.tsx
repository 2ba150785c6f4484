import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { YesWords } from './what-a-yes.ts';

const tones: Readonly<Record<YesWords['tone'], string>> = {
  muted: 'text-muted',
  blue: 'text-blue',
  green: 'text-green',
  amber: 'text-amber',
  red: 'text-red',
};

/** What a yes comes to. */
export function StandingWords({ words: { tone, text } }: { words: YesWords }) {
  return (
    <span title={toPlainLine(text)} className={classNames('min-w-0', tones[tone])}>
      {toPlainLine(text)}
    </span>
  );
}

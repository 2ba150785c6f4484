import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { Standing } from '../gates/index.ts';

const tones: Readonly<Record<Standing['tone'], string>> = {
  muted: 'text-muted',
  blue: 'text-blue',
  green: 'text-green',
  amber: 'text-amber',
  red: 'text-red',
};

/** What a yes comes to, by the gates. */
export function StandingWords({ standing: { tone, text } }: { standing: Standing }) {
  return (
    <span title={toPlainLine(text)} className={classNames('min-w-0', tones[tone])}>
      {toPlainLine(text)}
    </span>
  );
}

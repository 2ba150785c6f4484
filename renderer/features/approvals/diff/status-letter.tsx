import type { ChangedFile } from '../../../../preload/contract/change-facts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { statusMarks } from './file-facts.ts';

const tones = { green: 'text-green', amber: 'text-amber', red: 'text-red', blue: 'text-blue' };

/** A for added, M for modified: the word on hover and read out. */
export function StatusLetter({ status }: { status: ChangedFile['status'] }) {
  const { letter, word, tone } = statusMarks[status];
  return (
    <span
      title={word}
      className={classNames('w-3 shrink-0 text-center font-mono text-xs font-medium', tones[tone])}
    >
      <span aria-hidden="true">{letter}</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}

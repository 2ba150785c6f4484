import { Check } from 'lucide-react';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { useIsQuiet } from '../../shell/self-moves.ts';
import { classNames } from '../../ui/class-names.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';

/** One for each option that a question can have; beyond nine, letters that mean nothing else in the inbox. */
export const optionKeys: readonly string[] = [...'123456789bcdefhlmnop'];

interface QuestionOptionsProps {
  question: QuestionRecord;
  chosen: readonly string[];
  onChoose: (option: string) => void;
  /** Left out, they have: where the view's keys choose. */
  hasKeys?: boolean;
}

/** The answers to choose from, each with its key. The keys are pale while they do nothing (see self-moves.ts). */
export function QuestionOptions(props: QuestionOptionsProps) {
  const { question, chosen, onChoose, hasKeys = true } = props;
  const isQuiet = useIsQuiet();
  return (
    <fieldset
      aria-label="Options"
      data-quiet={isQuiet}
      className="group flex min-w-0 flex-col gap-1"
    >
      {question.multi && <p className="text-sm text-muted">Choose any number, then answer.</p>}
      {question.options.map((option, at) => (
        <button
          key={option}
          type="button"
          aria-pressed={question.multi ? chosen.includes(option) : undefined}
          aria-keyshortcuts={hasKeys ? optionKeys[at] : undefined}
          onClick={() => onChoose(option)}
          className={classNames(
            'flex min-h-8 shrink-0 items-center gap-2.5 rounded-md border px-2.5 py-1 text-left transition-colors duration-100 hover:bg-hover',
            chosen.includes(option) ? 'border-accent bg-selected' : 'border-line-strong',
          )}
        >
          {hasKeys && (
            <span className="flex transition-opacity duration-100 group-data-[quiet=true]:opacity-40">
              <Kbd keys={optionKeys[at] ?? ''} decorative />
            </span>
          )}
          <UntrustedLine text={option} className="flex-1" />
          {chosen.includes(option) && (
            <Check size={16} strokeWidth={1.75} aria-hidden className="text-accent" />
          )}
        </button>
      ))}
    </fieldset>
  );
}

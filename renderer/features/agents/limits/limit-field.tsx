import type { Use } from '../../../../preload/contract/watchdog.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { amountOf } from '../watch-words.ts';
import { filesWords, limitTitles, usedWords } from './limit-words.ts';
import type { LimitInput } from './limits-form.ts';

interface LimitFieldProps {
  use: Use;
  isRunning: boolean;
  input: LimitInput;
  problem: string | undefined;
  warning: string | undefined;
  autoFocus: boolean;
  onChange: (input: LimitInput) => void;
  onLeave: () => void;
}

/** One limit: what it is to be, what is used of it, and what it is where nothing is written. */
export function LimitField(props: LimitFieldProps) {
  const { use, isRunning, input, problem, warning, autoFocus, onChange, onLeave } = props;
  const { kind, config } = use;
  const title = limitTitles[kind];
  const files = config === undefined ? 'no limit' : amountOf(kind, config.of);
  const used = <span className="block text-muted">{usedWords(use, isRunning)}</span>;
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4">
      <TextField
        label={title}
        name={kind}
        autoFocus={autoFocus}
        onFocus={(event) => event.target.select()}
        onBlur={onLeave}
        value={input.isNone ? '' : input.text}
        placeholder={input.isNone ? 'no limit' : files}
        maxLength={40}
        disabled={input.isNone}
        // Two lines whatever they say: what moves between press and release is not clicked.
        error={
          problem && (
            <>
              {used}
              {problem}
            </>
          )
        }
        hint={
          <>
            {used}
            {warning === undefined ? (
              <span title={config && `${config.key} in ${config.path}`}>{filesWords(use)}</span>
            ) : (
              <span className="text-amber">{warning}</span>
            )}
          </>
        }
        onChange={(event) => onChange({ ...input, text: event.target.value })}
      />
      <label className="mt-6 flex h-7 items-center gap-1.5">
        <input
          type="checkbox"
          aria-label={`No limit: ${title}`}
          checked={input.isNone}
          onChange={(event) => onChange({ ...input, isNone: event.target.checked })}
          className="accent-accent"
        />
        No limit
      </label>
    </div>
  );
}

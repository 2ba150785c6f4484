import type { SettingKey } from '../../../preload/contract/settings-facts.ts';
import { classNames } from '../../ui/class-names.ts';

interface ControlProps {
  about: SettingKey;
  id: string;
  /** Ids of what is read out with it. */
  described: string;
  text: string;
  /** What counts while the file says nothing. */
  standard: string | undefined;
  isInvalid: boolean;
  isDisabled: boolean;
  onChange: (text: string) => void;
  /** Done with it: on Enter, when it is left, or at once where it is chosen. */
  onCommit: (text: string) => void;
  /** Escape: as it was. */
  onRevert: () => void;
}

const box =
  'w-full min-w-0 rounded-md border border-line-strong bg-bg px-2 text-fg text-selectable outline-offset-0 placeholder:text-faint aria-invalid:border-red disabled:opacity-50';

const hints: Readonly<Partial<Record<SettingKey['kind'], string>>> = {
  texts: 'one on each line',
  commands: 'one on each line: npm ci',
  pairs: 'NAME=value, one on each line',
  group: '{ name = value }',
};

/** The field that fits what it takes. */
export function SettingControl(props: ControlProps) {
  const { about, text, isInvalid, isDisabled, onCommit, id, described } = props;
  const common = {
    ...{ id, disabled: isDisabled, 'aria-describedby': described },
    'aria-invalid': isInvalid,
  };
  if (about.kind === 'switch' || about.kind === 'choice') {
    const choices = about.choices ?? ['true', 'false'];
    return (
      <select
        {...common}
        value={text}
        className={classNames(box, 'h-7 px-1')}
        onChange={(event) => onCommit(event.target.value)}
      >
        <option value="">{notSaid(props)}</option>
        {choices.map((one) => (
          <option key={one} value={one}>
            {about.kind === 'choice' ? one : one === 'true' ? 'On' : 'Off'}
          </option>
        ))}
      </select>
    );
  }
  return <TextControl {...props} />;
}

function notSaid({ about: { kind, isRequired }, standard }: ControlProps): string {
  const word = kind === 'switch' ? (standard === 'true' ? 'On' : 'Off') : standard;
  return standard === undefined || isRequired ? 'Not set' : `Not set here: ${word}`;
}

function TextControl(props: ControlProps) {
  const { about, id, described, text, standard, isInvalid, isDisabled } = props;
  const { onChange, onCommit, onRevert } = props;
  const isLong = ['texts', 'commands', 'pairs'].includes(about.kind);
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onRevert();
    }
    const isDone = event.key === 'Enter' && (!isLong || event.metaKey || event.ctrlKey);
    if (isDone && !isInvalid) {
      event.preventDefault();
      onCommit(text);
    }
  };
  const common = {
    ...{ id, disabled: isDisabled, value: text, spellCheck: false, autoComplete: 'off' },
    'aria-invalid': isInvalid,
    'aria-describedby': described,
    placeholder: placeholderOf(about, standard),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    // What cannot be is left standing, to be mended.
    onBlur: () => !isInvalid && onCommit(text),
    onKeyDown: handleKeyDown,
  };
  const mono = about.kind === 'number' ? '' : 'font-mono text-sm';
  if (!isLong)
    return (
      <input
        {...common}
        inputMode={about.kind === 'number' ? 'decimal' : 'text'}
        className={classNames(box, 'h-7', mono)}
      />
    );
  const rows = Math.min(8, Math.max(2, text.split('\n').length + 1));
  return <textarea {...common} rows={rows} className={classNames(box, 'resize-y py-1', mono)} />;
}

function placeholderOf({ kind, isRequired }: SettingKey, standard: string | undefined): string {
  const hint = hints[kind];
  if (isRequired) return hint ?? '';
  return [standard, hint].filter(Boolean).join('; ');
}

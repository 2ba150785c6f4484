import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { matchesChord } from './shortcut.ts';
import { TextArea } from './text-field.tsx';

interface ComposeBoxProps {
  /** What is written here; read out. */
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** On the button: `Send`. */
  send: string;
  /** With the text trimmed. */
  onSend: (text: string) => void;
  busy: boolean;
  /** True when there is something to send without a text. */
  mayBeEmpty?: boolean;
  onEscape?: () => void;
  maxLength?: number;
  /** At the start of the line below the text. */
  children?: ReactNode;
}

/** A text to send: Enter breaks the line, Mod+Enter sends. The page's key `r` goes here (see `focusComposeBox`). */
export function ComposeBox(props: ComposeBoxProps) {
  const { label, placeholder, value, onChange, send, onSend, busy, mayBeEmpty, onEscape } = props;
  const canSend = value.trim() !== '' || mayBeEmpty === true;
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && onEscape) onEscape();
    else if (matchesChord(event, 'Mod+Enter') && canSend && !busy) onSend(value.trim());
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        hideLabel
        label={label}
        placeholder={placeholder}
        data-compose-box
        rows={value.includes('\n') || value.length > 100 ? 5 : 2}
        value={value}
        maxLength={props.maxLength ?? 100_000}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={handleKeyDown}
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <div className="flex min-w-0 grow items-center gap-2 first:[&>button]:-ml-2.5">
          {props.children}
        </div>
        <Button
          look={canSend ? 'primary' : 'normal'}
          disabled={!canSend}
          busy={busy}
          shortcut="Mod+Enter"
          onClick={() => onSend(value.trim())}
        >
          {send}
        </Button>
      </div>
    </div>
  );
}

/** Gives the keyboard to the compose box in sight. */
export function focusComposeBox(): void {
  document.querySelector<HTMLTextAreaElement>('textarea[data-compose-box]')?.focus();
}

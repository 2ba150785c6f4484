import { Command } from 'cmdk';
import { ChevronLeft, type LucideIcon } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';

interface PaletteInputProps {
  value: string;
  placeholder: string;
  /** What one stepped into. */
  inside?: { readonly icon: LucideIcon; readonly title: string };
  onChange: (value: string) => void;
  onStepIn: () => void;
  onBack: () => void;
}

/** Tab and → at the end of what is typed lead in; Backspace and ← at an empty field lead back. */
export function PaletteInput(props: PaletteInputProps) {
  const { value, placeholder, inside, onChange, onStepIn, onBack } = props;
  const handleKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const way = wayOf(event, value === '');
    if (way === undefined) return;
    event.preventDefault();
    if (way === 'in') onStepIn();
    else onBack();
  };
  return (
    <div className="flex h-11 items-center gap-2 border-b px-4">
      {inside && <Inside {...inside} onBack={onBack} />}
      <Command.Input
        autoFocus
        value={value}
        onValueChange={onChange}
        onKeyDown={handleKeyDown}
        placeholder={placeholder}
        className="text-selectable h-full min-w-32 flex-1 bg-transparent text-lg outline-none"
      />
    </div>
  );
}

function Inside({
  icon: Icon,
  title,
  onBack,
}: {
  icon: LucideIcon;
  title: string;
  onBack: () => void;
}) {
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={onBack}
      className="flex max-w-[60%] min-w-0 items-center gap-1.5 rounded-md bg-selected py-1 pr-2 pl-1 hover:bg-hover"
    >
      <ChevronLeft size={16} className="shrink-0 text-muted" aria-hidden />
      <Icon size={16} strokeWidth={1.75} className="shrink-0 text-muted" aria-hidden />
      <span className="sr-only">Back from </span>
      <UntrustedLine text={title} className="font-medium" />
    </button>
  );
}

function wayOf(
  event: KeyboardEvent<HTMLInputElement>,
  isEmpty: boolean,
): 'in' | 'back' | undefined {
  const { key, shiftKey, ctrlKey, metaKey, altKey, currentTarget } = event;
  // A key that an input method still composes with.
  if (ctrlKey || metaKey || altKey || event.nativeEvent.isComposing) return undefined;
  if (key === 'Tab') return shiftKey ? 'back' : 'in';
  if (shiftKey) return undefined;
  const { selectionStart, selectionEnd, value } = currentTarget;
  const isAtEnd = selectionStart === value.length && selectionEnd === value.length;
  if (key === 'ArrowRight') return isAtEnd ? 'in' : undefined;
  return isEmpty && (key === 'Backspace' || key === 'ArrowLeft') ? 'back' : undefined;
}

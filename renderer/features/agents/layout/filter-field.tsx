import { Search } from 'lucide-react';
import { useRef } from 'react';
import { keymap } from '../../../shell/keymap.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useLayout } from './use-layout.ts';

interface FilterFieldProps {
  /** Goes to the first that fits. */
  onEnter: () => void;
  /** Back to the list. */
  onLeave: () => void;
}

/** Narrows the agents down by name, branch or status word. */
export function FilterField({ onEnter, onLeave }: FilterFieldProps) {
  const [{ filter }, changeLayout] = useLayout();
  const field = useRef<HTMLInputElement>(null);
  useShortcuts([{ keys: keymap.filterAgents.keys, run: () => field.current?.select() }]);
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === 'ArrowDown') onEnter();
    else if (event.key === 'Escape' && filter !== '') changeLayout({ filter: '' });
    else if (event.key === 'Escape') onLeave();
    else return;
    event.preventDefault();
  };
  return (
    <search className="relative w-40 shrink-0 max-[1100px]:w-26" aria-label="Filter">
      <Search size={14} aria-hidden className="absolute top-1.75 left-2 text-faint" />
      <TextField
        ref={field}
        hideLabel
        label="Filter agents"
        placeholder="Filter"
        maxLength={100}
        value={filter}
        onChange={(event) => changeLayout({ filter: event.target.value })}
        onKeyDown={handleKeyDown}
        className="pl-7"
      />
      {filter === '' && (
        <span className="pointer-events-none absolute top-1.5 right-1.5 flex">
          <Kbd keys={keymap.filterAgents.keys} decorative />
        </span>
      )}
    </search>
  );
}

import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { setFilter, useStoriesUi } from '../stories-ui.ts';
import { findBoardHome } from './board-ids.ts';

/** Words, and `label:ui`, `type:bug`, `agent:backend`, `is:ready`. */
export function FilterField() {
  const typed = useStoriesUi(({ filter }) => filter);
  const selected = useStoriesUi(({ selection }) => selection?.column);
  const field = useRef<HTMLInputElement>(null);
  useShortcuts([{ keys: '/', run: () => field.current?.select() }]);
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const leaves = event.key === 'Enter' || event.key === 'ArrowDown';
    if (event.key === 'Escape' && typed !== '') setFilter('');
    else if (leaves || event.key === 'Escape') findBoardHome(selected)?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <search className="relative max-w-64 min-w-28 flex-1" aria-label="Filter">
      <Search size={14} aria-hidden className="absolute top-1.75 left-2 text-faint" />
      <TextField
        ref={field}
        hideLabel
        label="Filter stories"
        placeholder="Filter"
        maxLength={200}
        value={typed}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={handleKeyDown}
        className="pr-7 pl-7"
      />
      {typed === '' && (
        <span className="pointer-events-none absolute top-1.5 right-1.5 flex">
          <Kbd keys="/" decorative />
        </span>
      )}
    </search>
  );
}

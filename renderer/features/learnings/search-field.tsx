import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface SearchFieldProps {
  value: string;
  onChange: (value: string) => void;
}

export function SearchField({ value, onChange }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts([{ keys: '/', run: () => input.current?.select() }]);
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (value === '') input.current?.blur();
    else onChange('');
  };
  return (
    <search className="relative min-w-24 max-w-72 flex-1">
      <Search
        size={14}
        strokeWidth={1.75}
        aria-hidden
        className="absolute top-1.75 left-2 text-faint"
      />
      <TextField
        ref={input}
        hideLabel
        type="search"
        label="Search notes and findings"
        placeholder="Search"
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={handleKeyDown}
        className="pr-8 pl-7 [&::-webkit-search-cancel-button]:hidden"
      />
      {value === '' && (
        <span className="pointer-events-none absolute top-1 right-1.5">
          <Kbd keys="/" decorative />
        </span>
      )}
    </search>
  );
}

import { LoaderCircle, Search, X } from 'lucide-react';
import { useRef } from 'react';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Select, TextField } from '../../ui/text-field.tsx';
import { type Filters, isKind, isNarrowed, kinds } from './message-filters.ts';
import { useTyped } from '../../ui/use-typed.ts';

interface FilterBarProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
  /** What was asked is not there yet. */
  isBusy: boolean;
}

/** Text, kind, and what is unread. Whose messages they are is chosen in the list beside. */
export function FilterBar({ filters, onChange, isBusy }: FilterBarProps) {
  const clear = () => onChange(withoutFilters(filters));
  const setKind = (value: string) => {
    const { kind: _, ...rest } = filters;
    onChange(isKind(value) ? { ...rest, kind: value } : rest);
  };
  const setUnread = () => {
    const { unread, ...rest } = filters;
    onChange(unread === true ? rest : { ...rest, unread: true });
  };
  return (
    <search
      className="flex h-bar shrink-0 items-center gap-2 border-b px-4 max-sm:h-auto max-sm:min-h-bar max-sm:flex-wrap max-sm:px-3 max-sm:py-1.5"
      aria-label="Filters"
    >
      <SearchField filters={filters} onChange={onChange} isBusy={isBusy} />
      <Select
        hideLabel
        label="Kind"
        value={filters.kind ?? ''}
        onChange={(event) => setKind(event.target.value)}
        className="w-28"
      >
        <option value="">All kinds</option>
        {Object.entries(kinds).map(([kind, { title }]) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
      </Select>
      <Button
        aria-pressed={filters.unread === true}
        onClick={setUnread}
        className={filters.unread === true ? 'bg-selected' : 'text-muted'}
      >
        Unread
      </Button>
      {isNarrowed(filters) && (
        <IconButton icon={X} label="Clear filters" shortcut="Escape" onClick={clear} />
      )}
    </search>
  );
}

export function withoutFilters({ agent, thread }: Filters): Filters {
  return { ...(agent ? { agent } : {}), ...(thread ? { thread } : {}) };
}

function SearchField({ filters, onChange, isBusy }: FilterBarProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, type] = useTyped(filters.text ?? '', (text) => {
    const { text: _, ...rest } = filters;
    onChange(text === '' ? rest : { ...rest, text });
  });
  useShortcuts([
    {
      keys: '/',
      run: () => {
        input.current?.focus();
        input.current?.select();
      },
    },
  ]);
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (typed === '') input.current?.blur();
    else type('');
  };
  const Icon = isBusy ? LoaderCircle : Search;
  return (
    <div className="relative min-w-0 max-w-120 flex-1">
      <Icon
        size={14}
        strokeWidth={1.75}
        aria-hidden
        className={classNames('absolute top-1.75 left-2 text-faint', isBusy && 'spin')}
      />
      <TextField
        ref={input}
        hideLabel
        type="search"
        label="Search messages"
        placeholder="Search messages"
        title={'Words that are all in it, "words in a row", or a beginn*'}
        value={typed}
        maxLength={198}
        onChange={(event) => type(event.target.value)}
        onKeyDown={handleKeyDown}
        className="pr-8 pl-7 [&::-webkit-search-cancel-button]:hidden"
      />
      {typed === '' && (
        <span className="pointer-events-none absolute top-1 right-1.5">
          <Kbd keys="/" decorative />
        </span>
      )}
    </div>
  );
}

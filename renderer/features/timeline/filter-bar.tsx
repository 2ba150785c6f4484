import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { useRecords } from '../../hub/use-records.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/text-field.tsx';
import { useTyped } from '../../ui/use-typed.ts';
import { isNarrowed, type TimelinePlace, typeGroups, withoutFilters } from './timeline-place.ts';

interface FilterBarProps {
  place: TimelinePlace;
  onChange: (place: TimelinePlace) => void;
}

/** Which events are listed; what is shown of the moment stays whole. */
export function FilterBar({ place, onChange }: FilterBarProps) {
  const agents = useRecords('agent').map(({ id }) => id);
  const names =
    place.agent === undefined || agents.includes(place.agent) ? agents : [place.agent, ...agents];
  const types = Object.entries(typeGroups);
  const isOther = place.type !== undefined && !Object.hasOwn(typeGroups, place.type);
  return (
    <search aria-label="Filters" className="flex shrink-0 flex-col gap-1.5 border-b px-3 py-2">
      <div className="flex items-center gap-1.5">
        <SearchField place={place} onChange={onChange} />
        {isNarrowed(place) && (
          <IconButton
            icon={X}
            label="Clear filters"
            onClick={() => onChange(withoutFilters(place))}
          />
        )}
      </div>
      <div className="flex items-center gap-1.5">
        <Select
          hideLabel
          label="Kind"
          value={place.type ?? ''}
          onChange={({ target }) => onChange(withField(place, 'type', target.value))}
        >
          <option value="">All kinds</option>
          {types.map(([type, title]) => (
            <option key={type} value={type}>
              {title}
            </option>
          ))}
          {isOther && <option value={place.type}>{place.type}</option>}
        </Select>
        <Select
          hideLabel
          label="Agent"
          value={place.agent ?? ''}
          onChange={({ target }) => onChange(withField(place, 'agent', target.value))}
        >
          <option value="">All agents</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
        {place.story !== undefined && (
          <button
            type="button"
            onClick={() => onChange(withField(place, 'story', ''))}
            aria-label={`Of story ${place.story}; show all again`}
            className="inline-flex h-7 shrink-0 items-center gap-1 rounded-md bg-selected px-2 text-sm"
          >
            {place.story} <X size={12} aria-hidden />
          </button>
        )}
      </div>
    </search>
  );
}

export function withField(
  place: TimelinePlace,
  name: 'agent' | 'story' | 'type' | 'text',
  value: string,
): TimelinePlace {
  const { [name]: _, ...rest } = place;
  return value === '' ? rest : { ...rest, [name]: value };
}

function SearchField({ place, onChange }: FilterBarProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, type] = useTyped(place.text ?? '', (text) =>
    onChange(withField(place, 'text', text)),
  );
  useShortcuts([
    {
      keys: '/',
      run: () => {
        input.current?.focus();
        input.current?.select();
      },
    },
  ]);
  return (
    <label className="relative flex min-w-0 flex-1 items-center">
      <Search size={14} aria-hidden className="absolute left-2 text-faint" />
      <span className="sr-only">Words</span>
      <input
        ref={input}
        type="search"
        autoComplete="off"
        spellCheck={false}
        placeholder="Find words"
        value={typed}
        onChange={({ target }) => type(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
        className="h-7 w-full rounded-md border border-line-strong bg-bg pr-2 pl-7 text-fg text-selectable outline-offset-0"
      />
    </label>
  );
}

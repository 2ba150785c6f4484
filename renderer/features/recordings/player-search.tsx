import { Search } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { SearchState } from './use-recording-search.ts';

interface PlayerSearchProps {
  field: RefObject<HTMLInputElement | null>;
  state: SearchState;
  onFind: (text: string) => void;
  onClear: () => void;
}

const words: Readonly<Record<SearchState, string>> = {
  idle: '',
  searching: 'Searching…',
  found: '',
  none: 'Never shown',
};

/** Jumps to when a text first shows; again, to when it shows the next time. */
export function PlayerSearch({ field, state, onFind, onClear }: PlayerSearchProps) {
  const [text, setText] = useState('');
  const find = () => text.trim() !== '' && onFind(text.trim());
  return (
    <search className="flex items-center gap-1">
      <output className="text-sm whitespace-nowrap text-muted">{words[state]}</output>
      <TextField
        ref={field}
        label="Find in the recording"
        hideLabel
        placeholder="Find (/)"
        maxLength={200}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          onClear();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
        className="w-36"
      />
      <IconButton
        icon={Search}
        label="Find the next time it shows"
        shortcut="Enter"
        onClick={find}
      />
    </search>
  );
}

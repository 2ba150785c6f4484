import type { ISearchOptions, SearchAddon } from '@xterm/addon-search';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';

interface FindBarProps {
  search: SearchAddon;
  onClose: () => void;
}

/** The search addon wants plain colours; these can be read in both themes. */
const decorations: NonNullable<ISearchOptions['decorations']> = {
  matchBackground: '#8a6d1f',
  matchOverviewRuler: '#8a6d1f',
  activeMatchBackground: '#c2571a',
  activeMatchColorOverviewRuler: '#c2571a',
};

/** Finds text on the screen and above it. */
export function FindBar({ search, onClose }: FindBarProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState({ resultIndex: -1, resultCount: 0 });
  useEffect(() => {
    const listening = search.onDidChangeResults(setFound);
    return () => {
      listening.dispose();
      search.clearDecorations();
    };
  }, [search]);
  const next = () => search.findNext(text, { decorations });
  const previous = () => search.findPrevious(text, { decorations });
  const handleChange = (value: string) => {
    setText(value);
    if (value === '') search.clearDecorations();
    else search.findPrevious(value, { decorations, incremental: true });
  };
  const handleKey = (event: React.KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') (event.shiftKey ? next : previous)();
  };
  return (
    <search className="absolute top-1 right-4 z-10 flex items-center gap-1 rounded-md border border-line-strong bg-raised p-1 shadow-float">
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for by a key
        autoFocus
        aria-label="Find in terminal"
        placeholder="Find"
        value={text}
        onChange={(event) => handleChange(event.target.value)}
        onKeyDown={handleKey}
        className="h-6 w-44 rounded-sm bg-bg px-1.5 text-fg"
      />
      <output className="min-w-12 text-center text-sm text-muted">{countOf(text, found)}</output>
      <IconButton icon={ChevronUp} label="Previous match" shortcut="Enter" onClick={previous} />
      <IconButton icon={ChevronDown} label="Next match" shortcut="Shift+Enter" onClick={next} />
      <IconButton icon={X} label="Close" shortcut="Escape" onClick={onClose} />
    </search>
  );
}

function countOf(text: string, found: { resultIndex: number; resultCount: number }): string {
  if (text === '') return '';
  if (found.resultCount === 0) return 'none';
  // Beyond a thousand the addon stops to say which one it is at.
  return found.resultIndex < 0
    ? `${found.resultCount}+`
    : `${found.resultIndex + 1}/${found.resultCount}`;
}

import { Search } from 'lucide-react';
import { useState } from 'react';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { TextField } from '../../ui/text-field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { DecidedPage } from './decided-page.tsx';
import { WaitFigures } from './wait-figures.tsx';
import { showWaiting } from './inbox-mode.tsx';

const searchId = 'decided-search';
const decidedListId = 'decided-list';

/** What was decided, from the log, and how long agents waited for it. */
export function DecidedView() {
  const [text, setText] = useState('');
  useFocusHome(() => document.getElementById(decidedListId));
  useShortcuts([
    { keys: '/', run: () => document.getElementById(searchId)?.querySelector('input')?.focus() },
    { keys: 'j', run: () => moveFocus(1) },
    { keys: 'ArrowDown', run: () => moveFocus(1) },
    { keys: 'k', run: () => moveFocus(-1) },
    { keys: 'ArrowUp', run: () => moveFocus(-1) },
    { keys: 'Escape', run: showWaiting },
  ]);
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <search
          id={searchId}
          aria-label="Search"
          className="relative flex h-bar shrink-0 items-center border-b px-4"
        >
          <Search size={14} aria-hidden className="absolute left-6 text-faint" />
          <div className="max-w-120 flex-1">
            <TextField
              hideLabel
              type="search"
              label="Search decisions"
              placeholder="Search decisions"
              value={text}
              maxLength={200}
              onChange={({ target }) => setText(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.preventDefault();
                setText('');
                document.getElementById(decidedListId)?.focus();
              }}
              className="pl-7 [&::-webkit-search-cancel-button]:hidden"
            />
          </div>
          <span className="ml-2">
            <Kbd keys="/" decorative />
          </span>
        </search>
        <DecidedPages key={text} text={text} />
      </div>
      <WaitFigures />
    </div>
  );
}

/** Each page asks for itself; the last one leads on to older ones. */
function DecidedPages({ text }: { text: string }) {
  const [befores, setBefores] = useState<readonly number[]>([]);
  return (
    <section
      id={decidedListId}
      tabIndex={-1}
      aria-label="Decided"
      className="min-h-0 flex-1 overflow-y-auto outline-none"
    >
      {[undefined, ...befores].map((before, at) => (
        <DecidedPage
          key={before ?? 'newest'}
          text={text}
          before={before}
          isLast={at === befores.length}
          onMore={(next) => setBefores([...befores, next])}
        />
      ))}
    </section>
  );
}

/** Up and down the rows, of all pages. */
function moveFocus(step: number): void {
  const rows = [...document.querySelectorAll(`#${decidedListId} [data-decided]`)];
  const { activeElement } = document;
  const at = activeElement === null ? -1 : rows.indexOf(activeElement);
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (next instanceof HTMLElement) next.focus();
}

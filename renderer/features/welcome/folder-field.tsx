import { Folder, FolderGit2 } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { asTyped, shownPath } from './shown-path.ts';
import type { Choice } from './use-choice.ts';
import { useSelected } from './use-selected.ts';

interface FolderFieldProps {
  choice: Choice;
  home: string;
  /** Pressed while no folder of the list is chosen. */
  onEnter: () => void;
}

/** A path, and below it the folders that could be meant: arrows choose one, Enter takes it, Escape closes the list. */
export function FolderField({ choice, home, onEnter }: FolderFieldProps) {
  const id = useId();
  const { typed, type, set, verdict } = choice;
  const { field, byHand } = useSelected(typed);
  const [open, setOpen] = useState<'typed' | 'asked'>();
  const [at, setAt] = useState(-1);
  const { folders, isCut } = useOffered(open === undefined ? undefined : typed);
  // What can be opened has its button right below: the list does not cover it by itself.
  const isDone = open === 'typed' && verdict?.kind === 'repository';
  const isShown = open !== undefined && !isDone && folders.length > 0;
  const active = isShown ? folders[at] : undefined;
  const take = (path: string) => {
    const taken = asTyped(shownPath(path, home));
    // It goes on from there.
    byHand(taken);
    set(taken);
    setAt(-1);
  };
  const close = () => {
    setOpen(undefined);
    setAt(-1);
  };
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!isShown) setOpen('asked');
      else setAt((at + step + folders.length + 1) % (folders.length + 1));
    } else if (event.key === 'Escape' && isShown) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (active !== undefined) return take(active.path);
      close();
      onEnter();
    }
  };
  return (
    <div className="relative min-w-0 flex-1">
      <label htmlFor={id} className="sr-only">
        Folder of the repository
      </label>
      <input
        id={id}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="off"
        // biome-ignore lint/a11y/noAutofocus: the page is for this alone
        autoFocus
        placeholder="~/code/shop"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active && `${id}-${at}`}
        className="h-7 w-full rounded-md border border-line-strong bg-bg px-2 font-mono text-fg text-selectable outline-offset-0"
        value={typed}
        ref={field}
        onChange={({ target }) => {
          setOpen('typed');
          setAt(-1);
          byHand(target.value);
          type(target.value);
        }}
        onKeyDown={handleKey}
        onBlur={close}
      />
      <div
        hidden={!isShown}
        className="absolute inset-x-0 top-8 z-10 max-h-80 overflow-y-auto rounded-md border border-line-strong bg-bg py-1 shadow-float"
      >
        <div id={`${id}-list`} role="listbox" aria-label="Folders">
          {folders.map(({ path, isRepository }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard
            <div
              key={path}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              // The field keeps the keyboard.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(path)}
              className={classNames(
                'flex h-7 items-center gap-2 px-2',
                index === at ? 'bg-selected' : 'hover:bg-hover',
              )}
            >
              <FolderIcon isRepository={isRepository} />
              <bdi className="min-w-0 flex-1 truncate font-mono">
                {toPlainLine(shownPath(path, home))}
              </bdi>
              {isRepository && <span className="text-sm text-muted">git</span>}
            </div>
          ))}
        </div>
        {isCut && <p className="px-2 py-1 text-sm text-faint">Type on to find others.</p>}
      </div>
    </div>
  );
}

function FolderIcon({ isRepository }: { isRepository: boolean }) {
  const Icon = isRepository ? FolderGit2 : Folder;
  return <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-faint" />;
}

const none = { folders: [], isCut: false };

function useOffered(typed: string | undefined) {
  const isLive = useConnection().state === 'live';
  const { result } = useQuery(
    'welcome.folders',
    isLive && typed !== undefined ? { path: typed } : undefined,
  );
  return typed === undefined || result === undefined ? none : result;
}

import type { ReactNode } from 'react';
import { Kbd } from '../../ui/kbd.tsx';
import type { Hit } from './find-items.ts';
import { paletteSources } from './use-offers.ts';

interface FinderHintsProps {
  current: Hit | undefined;
  hasRows: boolean;
  /** Nothing is typed yet. */
  isEmpty: boolean;
}

/** What keys do here, and how to ask for one kind alone. */
export function FinderHints({ current, hasRows, isEmpty }: FinderHintsProps) {
  return (
    <Hints>
      {hasRows && (
        <Hint keys="Enter">{current?.source.id === 'commands' ? 'do it' : 'go there'}</Hint>
      )}
      {current?.source.useVerbs && <Hint keys="Tab">do more</Hint>}
      {!hasRows && <Hint keys="Escape">close</Hint>}
      {isEmpty && (
        <span className="ml-auto flex gap-2.5 max-md:hidden">
          {paletteSources.map(
            ({ id, title, prefix }) =>
              prefix && (
                <Hint key={id} keys={prefix}>
                  {title.toLowerCase()}
                </Hint>
              ),
          )}
        </span>
      )}
    </Hints>
  );
}

export function VerbHints() {
  return (
    <Hints>
      <Hint keys="Enter">do it</Hint>
      <Hint keys="Backspace">back</Hint>
    </Hints>
  );
}

function Hints({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-8 items-center gap-3 overflow-hidden border-t px-4 text-sm whitespace-nowrap text-muted">
      {children}
    </div>
  );
}

function Hint({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <Kbd keys={keys} decorative />
      {children}
    </span>
  );
}

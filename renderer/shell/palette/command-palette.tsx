import { Dialog as Primitive } from 'radix-ui';
import { useState } from 'react';
import { closeOverlay, useUi } from '../ui-state.ts';
import type { Hit } from './find-items.ts';
import { Finder, type FinderState } from './finder.tsx';
import { ItemVerbs } from './item-verbs.tsx';
import { useOpen, useUses } from './use-offers.ts';

/** Everything that there is and all that can be done with it, found by typing. */
export function CommandPalette() {
  const isOpen = useUi((state) => state.overlay === 'palette');
  return (
    <Primitive.Root open={isOpen} onOpenChange={closeOverlay}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.3)]" />
        <Primitive.Content
          aria-describedby={undefined}
          className="appear fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-32px)] max-w-160 -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-float"
        >
          <Primitive.Title className="sr-only">Command palette</Primitive.Title>
          {isOpen && <Palette />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** First what, then what with it. */
function Palette() {
  const [uses, noteUse] = useUses();
  const open = useOpen();
  const [state, setState] = useState<FinderState>({ typed: '', selected: '', scope: undefined });
  const [inside, setInside] = useState<Hit>();
  const done = (hit: Hit, run: () => void) => {
    noteUse(hit.key);
    closeOverlay();
    run();
  };
  if (inside !== undefined)
    return (
      <ItemVerbs
        hit={inside}
        onBack={() => setInside(undefined)}
        onRun={(run) => done(inside, run)}
      />
    );
  return (
    <Finder
      state={state}
      uses={uses}
      onState={setState}
      onChoose={(hit) => done(hit, () => open(hit.source, hit.item))}
      onInside={setInside}
    />
  );
}

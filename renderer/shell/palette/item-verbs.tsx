import { Command } from 'cmdk';
import { useMemo, useState } from 'react';
import { scoreOf, toHaystack, toWords, type Word } from '../../../preload/contract/fuzzy.ts';
import type { Hit } from './find-items.ts';
import { VerbHints } from './finder-hints.tsx';
import { PaletteInput } from './palette-input.tsx';
import { PaletteRows } from './palette-rows.tsx';
import { VerbRow } from './palette-row.tsx';
import type { PaletteVerb } from './palette-source.ts';

interface ItemVerbsProps {
  hit: Hit;
  onBack: () => void;
  onRun: (run: () => void) => void;
}

/** What can be done with one of them now. */
export function ItemVerbs({ hit, onBack, onRun }: ItemVerbsProps) {
  const { source, item } = hit;
  // Of one source as long as this is mounted.
  const verbs = source.useVerbs?.(item.id);
  const [typed, setTyped] = useState('');
  const words = useMemo(() => toWords(typed), [typed]);
  const fitting = fittingOf(verbs ?? [], words);
  return (
    <Command label={`What to do with ${item.title}`} loop shouldFilter={false}>
      <PaletteInput
        value={typed}
        placeholder="Do what with it?"
        inside={{ icon: item.icon ?? source.icon, title: item.title }}
        onChange={setTyped}
        onStepIn={() => undefined}
        onBack={onBack}
      />
      <PaletteRows above={fitting.length === 0 && <Nothing isGone={verbs === undefined} />}>
        {fitting.map((verb) => (
          <VerbRow key={verb.id} verb={verb} words={words} onChoose={() => onRun(verb.run)} />
        ))}
      </PaletteRows>
      <VerbHints />
    </Command>
  );
}

function Nothing({ isGone }: { isGone: boolean }) {
  return (
    <p role="status" className="px-4 py-6 text-center text-muted">
      {isGone
        ? 'It is gone: it ended or was removed a moment ago. Backspace leads back.'
        : 'It has nothing that is called that.'}
    </p>
  );
}

/** As they stand while nothing is typed; then the best first. */
function fittingOf(verbs: readonly PaletteVerb[], words: readonly Word[]): readonly PaletteVerb[] {
  if (words.length === 0) return verbs;
  return verbs
    .map((verb) => ({ verb, score: scoreOf(words, toHaystack(verb.title), true) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ verb }) => verb);
}

import { Command } from 'cmdk';
import { useMemo } from 'react';
import { toWords, type Word } from '../../../preload/contract/fuzzy.ts';
import { useConnection } from '../../hub/connection.ts';
import { sayError } from '../../ui/say-error.ts';
import {
  type Asked,
  type Hit,
  type Offer,
  parseTyped,
  type Section,
  toSections,
} from './find-items.ts';
import { FinderHints } from './finder-hints.tsx';
import { PaletteInput } from './palette-input.tsx';
import { PaletteRows } from './palette-rows.tsx';
import { HitRow, MoreRow } from './palette-row.tsx';
import type { PaletteSource } from './palette-source.ts';
import { paletteSources, useOffers } from './use-offers.ts';

export interface FinderState {
  readonly typed: string;
  /** The key of the row that Enter is for. */
  readonly selected: string;
  /** Only of these, until one goes back. */
  readonly scope: PaletteSource | undefined;
}

interface FinderProps {
  state: FinderState;
  uses: ReadonlyMap<string, number>;
  onState: (state: FinderState) => void;
  onChoose: (hit: Hit) => void;
  onInside: (hit: Hit) => void;
}

/** What is looked for: objects of every kind, and commands. */
export function Finder({ state, uses, onState, onChoose, onInside }: FinderProps) {
  const { typed, selected, scope } = state;
  const asked = askedOf(state);
  const offers = useOffers(asked, uses);
  const sections = toSections(offers, asked, uses);
  const words = useMemo(() => toWords(asked.text), [asked.text]);
  const hits = sections.flatMap((section) => section.hits);
  const [first] = hits;
  // What comes later may be better: as long as nobody moved on, the first is meant, whichever it is by now.
  const isThere = selected.startsWith('more/') || hits.some(({ key }) => key === selected);
  const value = isThere ? selected : (first?.key ?? '');
  const current = hits.find(({ key }) => key === value);
  const select = (next: string) => {
    const chosen = next === first?.key ? '' : next;
    // With each key the list says which row is first, and that is no news.
    if (chosen !== selected) onState({ ...state, selected: chosen });
  };
  const stepIn = () => {
    if (current?.source.useVerbs !== undefined) onInside(current);
  };
  return (
    <Command label="Commands" loop shouldFilter={false} value={value} onValueChange={select}>
      <PaletteInput
        value={typed}
        placeholder={scope ? `Which of ${scope.title.toLowerCase()}?` : 'Find or do anything'}
        {...(scope && { inside: { icon: scope.icon, title: scope.title } })}
        onChange={(next) => onState({ ...state, typed: next, selected: '' })}
        onStepIn={stepIn}
        onBack={() => onState({ ...state, scope: undefined })}
      />
      <PaletteRows above={<Standing offers={offers} asked={asked} isEmpty={hits.length === 0} />}>
        {sections.map((section) => (
          <SectionRows
            key={section.id}
            section={section}
            words={words}
            onChoose={onChoose}
            onAll={(source) => onState({ typed: asked.text, selected: '', scope: source })}
          />
        ))}
      </PaletteRows>
      <FinderHints
        current={current}
        hasRows={value !== ''}
        isEmpty={typed === '' && scope === undefined}
      />
    </Command>
  );
}

function askedOf({ typed, scope }: FinderState): Asked {
  return scope ? { only: scope, text: typed.trim() } : parseTyped(typed, paletteSources);
}

interface SectionRowsProps {
  section: Section;
  words: readonly Word[];
  onChoose: (hit: Hit) => void;
  onAll: (source: PaletteSource) => void;
}

function SectionRows({ section, words, onChoose, onAll }: SectionRowsProps) {
  const { title, hits, more, source } = section;
  return (
    <Command.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-faint"
    >
      {hits.map((hit) => (
        <HitRow key={hit.key} hit={hit} words={words} onChoose={onChoose} />
      ))}
      {more > 0 && words.length > 0 && source && (
        <MoreRow source={source} count={more} onChoose={() => onAll(source)} />
      )}
    </Command.Group>
  );
}

interface StandingProps {
  offers: readonly Offer[];
  asked: Asked;
  isEmpty: boolean;
}

/** What is not there, not yet, or no longer so. */
function Standing({ offers, asked, isEmpty }: StandingProps) {
  const isLive = useConnection().state === 'live';
  const loading = offers.filter(({ found }) => found?.isLoading).map(({ source }) => source);
  const failed = offers.flatMap(({ found }) => found?.error ?? []);
  const lookedIn = loading.map(({ title }) => title.toLowerCase()).join(' and ');
  return (
    <div role="status" className="px-1.5 text-sm text-muted">
      {!isLive && (
        <p className="px-2.5 py-1.5 text-amber">
          No connection to Musher: this is how it was when it was last heard.
        </p>
      )}
      {(isLive ? failed : []).map((error) => (
        <p key={error.message} className="px-2.5 py-1.5 text-red">
          {sayError(error)}
        </p>
      ))}
      {isEmpty && loading.length > 0 && (
        <p className="px-2.5 py-6 text-center">Looking through {lookedIn}…</p>
      )}
      {isEmpty && loading.length === 0 && <Nothing asked={asked} />}
    </div>
  );
}

function Nothing({ asked: { only, text } }: { asked: Asked }) {
  const what = only ? only.title.toLowerCase() : 'anything';
  return (
    <div className="px-2.5 py-6 text-center">
      <p className="text-base text-fg">
        {text === ''
          ? `There are no ${what}.`
          : `Nothing is called that${only ? ` among ${what}` : ''}.`}
      </p>
      <p className="mt-1">
        {only
          ? 'Backspace at the beginning looks through everything.'
          : 'Agents, questions, approvals, stories, messages, files, settings and commands were looked through.'}
      </p>
    </div>
  );
}

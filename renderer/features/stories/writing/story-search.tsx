import { X } from 'lucide-react';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { Table } from '../../../../preload/contract/table.ts';
import { classNames } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { numberOf } from '../board/columns.ts';
import { stageDots, stageTitles } from '../stage-words.ts';
import { useStories } from '../use-stories.ts';

const mostHits = 8;

interface StorySearchProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  chosen: readonly string[];
  /** Not offered, besides those that are chosen. */
  except: readonly string[];
  /** Why one cannot be chosen; it is listed, and says so. */
  whyNot?: (id: string) => string | undefined;
  /** The next takes the place of the one before. */
  isOne?: boolean;
  onChange: (chosen: readonly string[]) => void;
}

/** Chooses stories by id or by words of their titles. */
export function StorySearch(props: StorySearchProps) {
  const { label, hint, error, chosen, except, whyNot, isOne = false, onChange } = props;
  const stories = useStories();
  const [typed, type] = useState('');
  const looked = useDeferredValue(typed);
  const taken = useMemo(() => new Set([...chosen, ...except]), [chosen, except]);
  const hits = useMemo(() => hitsOf(stories, looked, taken), [stories, looked, taken]);
  const [active, setActive] = useState(0);
  const listId = useId();
  const choose = (id: string) => {
    if (whyNot?.(id) !== undefined) return;
    onChange(isOne ? [id] : [...chosen, id]);
    type('');
    setActive(0);
  };
  const handleKeyDown = (event: React.KeyboardEvent) => {
    // Who types fast and presses Enter means what is typed, and not what is listed still.
    const listed = looked === typed ? hits : hitsOf(stories, typed, taken);
    const hit = listed[active];
    if (event.key === 'ArrowDown') setActive((at) => Math.min(hits.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setActive((at) => Math.max(0, at - 1));
    else if (event.key === 'Enter' && hit && !event.ctrlKey && !event.metaKey) choose(hit.id);
    else if (event.key === 'Escape' && typed !== '') type('');
    else if (event.key === 'Backspace' && typed === '') onChange(chosen.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex flex-col gap-1">
      <TextField
        label={label}
        hint={hint}
        error={error}
        placeholder="Id, or words of the title"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-activedescendant={hits[active] && `${listId}-${hits[active].id}`}
        value={typed}
        onChange={(event) => {
          type(event.target.value);
          setActive(0);
        }}
        onKeyDown={handleKeyDown}
      />
      {hits.length > 0 && (
        <div
          id={listId}
          role="listbox"
          aria-label={label}
          className="rounded-md border border-line-strong py-1"
        >
          {hits.map((story, at) => (
            <Hit
              key={story.id}
              id={`${listId}-${story.id}`}
              story={story}
              why={whyNot?.(story.id)}
              isActive={at === active}
              onChoose={() => choose(story.id)}
            />
          ))}
        </div>
      )}
      {chosen.length > 0 && (
        <ul aria-label={`${label}: chosen`} className="flex flex-col">
          {chosen.map((id) => (
            <Chosen
              key={id}
              id={id}
              story={stories.get(id)}
              onDrop={() => onChange(chosen.filter((one) => one !== id))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface HitProps {
  id: string;
  story: StoryRecord;
  why: string | undefined;
  isActive: boolean;
  onChoose: () => void;
}

function Hit({ id, story, why, isActive, onChoose }: HitProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field holds the focus and names this by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      aria-disabled={why !== undefined}
      onClick={onChoose}
      className={classNames(
        'mx-1 flex h-7 items-center gap-2 rounded-sm px-2',
        isActive && 'bg-selected',
        why !== undefined && 'text-faint',
      )}
    >
      <StatusDot {...stageDots[story.place.stage]} word={stageTitles[story.place.stage]} />
      <span className="w-12 shrink-0 font-mono text-sm text-muted">{story.id}</span>
      <UntrustedLine text={story.title} className="flex-1" />
      {why !== undefined && <span className="shrink-0 text-sm text-amber">{why}</span>}
    </div>
  );
}

interface ChosenProps {
  id: string;
  story: StoryRecord | undefined;
  onDrop: () => void;
}

function Chosen({ id, story, onDrop }: ChosenProps) {
  return (
    <li className="flex h-7 items-center gap-2 rounded-md pl-2 hover:bg-hover">
      {story && (
        <StatusDot {...stageDots[story.place.stage]} word={stageTitles[story.place.stage]} />
      )}
      <span className="w-12 shrink-0 font-mono text-sm text-muted">{id}</span>
      <UntrustedLine text={story?.title ?? 'is over'} className="flex-1" />
      <IconButton icon={X} label={`Take ${id} out`} onClick={onDrop} />
    </li>
  );
}

/** Those whose id begins so first, then those whose title has all the words, the newest first. */
function hitsOf(
  stories: Table<StoryRecord>,
  typed: string,
  except: ReadonlySet<string>,
): readonly StoryRecord[] {
  const words = typed.trim().toLowerCase().split(/\s+/);
  if (words[0] === '' || words[0] === undefined) return [];
  const [first] = words;
  const isId = (id: string) => id.startsWith(first) || id.startsWith(`s-${first}`);
  const found: StoryRecord[] = [];
  stories.forEach((story) => {
    if (except.has(story.id)) return;
    const title = story.title.toLowerCase();
    if (isId(story.id) || words.every((word) => title.includes(word))) found.push(story);
  });
  const rank = ({ id }: StoryRecord) =>
    isId(id) ? (id.endsWith(`-${first.replace('s-', '')}`) ? 0 : 1) : 2;
  return found
    .sort((a, b) => rank(a) - rank(b) || numberOf(b.id) - numberOf(a.id))
    .slice(0, mostHits);
}

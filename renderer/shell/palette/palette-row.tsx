import { Command } from 'cmdk';
import { ChevronRight, Ellipsis, type LucideIcon } from 'lucide-react';
import { marksOf, toHaystack, type Word } from '../../../preload/contract/fuzzy.ts';
import { classNames } from '../../ui/class-names.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { Hit } from './find-items.ts';
import type { PaletteSource, PaletteVerb } from './palette-source.ts';

const rowLook =
  'group flex h-row items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-selected data-[disabled=true]:text-faint';

interface HitRowProps {
  hit: Hit;
  words: readonly Word[];
  onChoose: (hit: Hit) => void;
}

export function HitRow({ hit, words, onChoose }: HitRowProps) {
  const { key, source, item } = hit;
  const { Mark } = source;
  return (
    <Command.Item value={key} onSelect={() => onChoose(hit)} className={rowLook}>
      <Icon icon={item.icon ?? source.icon} />
      <Title text={item.title} words={words} mainAt={item.mainAt} />
      {item.detail && <Detail text={item.detail} mayGo />}
      <span className="ml-auto flex shrink-0 items-center gap-2 pl-2">
        {Mark && <Mark id={item.id} />}
        {item.shortcut && <Kbd keys={item.shortcut} decorative />}
        {source.useVerbs && (
          <ChevronRight
            size={14}
            aria-hidden
            className="text-transparent group-data-[selected=true]:text-muted"
          />
        )}
      </span>
    </Command.Item>
  );
}

interface VerbRowProps {
  verb: PaletteVerb;
  words: readonly Word[];
  onChoose: () => void;
}

export function VerbRow({ verb, words, onChoose }: VerbRowProps) {
  const { id, title, icon, detail, danger, withheld, shortcut } = verb;
  return (
    <Command.Item
      value={id}
      disabled={withheld !== undefined}
      onSelect={onChoose}
      className={classNames(rowLook, danger && 'text-red')}
    >
      {icon && <Icon icon={icon} />}
      <Title text={title} words={words} />
      {(withheld ?? detail) && <Detail text={withheld ?? detail ?? ''} />}
      {shortcut && (
        <span className="ml-auto">
          <Kbd keys={shortcut} decorative />
        </span>
      )}
    </Command.Item>
  );
}

interface MoreRowProps {
  source: PaletteSource;
  count: number;
  onChoose: () => void;
}

export function MoreRow({ source: { id, title }, count, onChoose }: MoreRowProps) {
  return (
    <Command.Item
      value={`more/${id}`}
      onSelect={onChoose}
      className={classNames(rowLook, 'text-muted')}
    >
      <Icon icon={Ellipsis} />
      {count.toLocaleString()} more in {title}
    </Command.Item>
  );
}

function Icon({ icon: Sign }: { icon: LucideIcon }) {
  return (
    <span className="flex w-4 shrink-0 text-muted in-[.text-red]:text-red">
      <Sign size={16} strokeWidth={1.75} aria-hidden />
    </span>
  );
}

interface DetailProps {
  text: string;
  /** In a window as narrow as a phone the title has its room. Not of what says why a verb is withheld. */
  mayGo?: boolean;
}

function Detail({ text, mayGo = false }: DetailProps) {
  const line = toPlainLine(text);
  return (
    <span
      dir="auto"
      title={line}
      className={classNames(
        'max-w-[45%] shrink-0 truncate text-muted',
        mayGo && 'max-[440px]:hidden',
      )}
    >
      {line}
    </span>
  );
}

interface TitleProps {
  text: string;
  words: readonly Word[];
  mainAt?: number | undefined;
}

/** One harmless line; the letters that fit what was typed stand out. */
function Title({ text, words, mainAt = 0 }: TitleProps) {
  const line = toPlainLine(text);
  const parts: Array<{ at: number; text: string; isMarked: boolean }> = [];
  let end = 0;
  for (const [from, to] of marksOf(words, toHaystack(line, mainAt))) {
    parts.push({ at: end, text: line.slice(end, from), isMarked: false });
    parts.push({ at: from, text: line.slice(from, to), isMarked: true });
    end = to;
  }
  parts.push({ at: end, text: line.slice(end), isMarked: false });
  return (
    <span dir="auto" title={line} className="min-w-0 truncate">
      {parts.map((part) =>
        part.isMarked ? (
          <mark key={part.at} className="bg-transparent font-semibold text-accent">
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}

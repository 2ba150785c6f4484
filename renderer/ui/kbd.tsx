import { useKeysHere } from './key-scope.tsx';
import { toKeyCaps, toSequence } from './shortcut.ts';

interface KbdProps {
  /** As in shortcut.ts, by default: `Mod+K` or `g i`. Shown as they are. */
  keys: string;
  /** Inside of a control: its name is read out without the keys, which `aria-keyshortcuts` tells. */
  decorative?: boolean;
}

/** The keys of a shortcut as caps; a sequence has `then` between its chords. */
export function Kbd({ keys, decorative }: KbdProps) {
  const here = useKeysHere();
  return (
    <span
      aria-hidden={decorative}
      className="inline-flex shrink-0 items-center gap-1 text-xs text-faint in-data-[look=primary]:text-accent-fg"
    >
      {toSequence(here(keys)).map((chord, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one key may be pressed twice, and they never change places
        <span key={`${at} ${chord}`} className="inline-flex items-center gap-0.5">
          {at > 0 && <span className="pr-0.5">then</span>}
          {toKeyCaps(chord).map((cap) => (
            <kbd
              key={cap}
              className="h-4 min-w-4 rounded-sm border border-line-strong px-1 in-data-[look=primary]:border-current text-center font-sans leading-3.5"
            >
              {cap}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

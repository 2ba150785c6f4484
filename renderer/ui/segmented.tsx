import type { LucideIcon } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { Kbd } from './kbd.tsx';
import { useKeysHere } from './key-scope.tsx';
import { toAriaShortcut } from './shortcut.ts';

interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: LucideIcon;
}

interface SegmentedProps<Value extends string> {
  /** What is chosen here; read out. */
  label: string;
  value: Value;
  segments: ReadonlyArray<Segment<Value>>;
  onChange: (value: Value) => void;
  /** Their labels are shown on hover and read out. */
  areIcons?: boolean;
  /** Leads to the next one: shown behind them. The handler is the caller's. */
  shortcut?: string;
}

/** One of a few, all in sight. Arrow keys move, Space chooses. */
export function Segmented<Value extends string>({
  label,
  value,
  segments,
  onChange,
  areIcons = false,
  shortcut,
}: SegmentedProps<Value>) {
  const here = useKeysHere();
  const handleChange = (next: string) => {
    const chosen = segments.find((segment) => segment.value === next);
    if (chosen) onChange(chosen.value);
  };
  const group = (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      aria-keyshortcuts={shortcut && toAriaShortcut(here(shortcut))}
      value={value}
      onValueChange={handleChange}
      className="inline-flex h-7 shrink-0 rounded-md border border-line-strong p-0.5"
    >
      {segments.map(({ value: own, label: text, icon: Icon }) => (
        <ToggleGroup.Item
          key={own}
          value={own}
          title={areIcons ? text : undefined}
          className="inline-flex items-center gap-1.5 rounded-sm px-2 text-sm text-muted hover:text-fg data-[state=on]:bg-selected data-[state=on]:text-fg"
        >
          {Icon && <Icon size={14} strokeWidth={1.75} aria-hidden />}
          <span className={areIcons ? 'sr-only' : ''}>{text}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
  if (shortcut === undefined) return group;
  return (
    <>
      {group}
      <Kbd keys={shortcut} decorative />
    </>
  );
}

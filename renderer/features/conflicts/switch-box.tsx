import { Kbd } from '../../ui/kbd.tsx';
import { useKeysHere } from '../../ui/key-scope.tsx';
import { toAriaShortcut } from '../../ui/shortcut.ts';

interface SwitchProps {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  /** Shown after the label. The handler is the caller's. */
  shortcut?: string;
}

/** Shows more, or not. */
export function SwitchBox({ label, isOn, onChange, shortcut }: SwitchProps) {
  const here = useKeysHere();
  return (
    <label className="flex h-6 items-center gap-1.5 text-sm text-muted">
      <input
        type="checkbox"
        checked={isOn}
        aria-keyshortcuts={shortcut && toAriaShortcut(here(shortcut))}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 accent-(--accent)"
      />
      {label}
      {shortcut && <Kbd keys={shortcut} decorative />}
    </label>
  );
}

import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import { useKeysHere } from './key-scope.tsx';
import { toAriaShortcut } from './shortcut.ts';

const looks = {
  /** The one thing to do here; at most one in sight. */
  primary: 'bg-accent text-accent-fg hover:brightness-110',
  normal: 'border border-line-strong bg-bg text-fg hover:bg-hover',
  quiet: 'text-muted hover:bg-hover hover:text-fg',
  danger: 'border border-line-strong text-red hover:bg-red-soft',
};

export interface ButtonProps extends ComponentPropsWithRef<'button'> {
  look?: keyof typeof looks;
  icon?: LucideIcon;
  /** Shown after the label. The handler is the caller's. */
  shortcut?: string;
  /** Work is under way: shown, and another press does nothing. */
  busy?: boolean;
}

export function Button(props: ButtonProps) {
  const {
    look = 'normal',
    icon: Icon,
    shortcut,
    busy,
    children,
    className,
    disabled,
    ...rest
  } = props;
  const here = useKeysHere();
  const Shown = busy ? LoaderCircle : Icon;
  return (
    <button
      type="button"
      {...rest}
      data-look={look}
      disabled={disabled || busy}
      aria-busy={busy}
      aria-keyshortcuts={shortcut ? toAriaShortcut(here(shortcut)) : rest['aria-keyshortcuts']}
      className={classNames(
        'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2.5 font-medium whitespace-nowrap transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50',
        looks[look],
        className,
      )}
    >
      {Shown && <Shown size={16} strokeWidth={1.75} aria-hidden className={busy ? 'spin' : ''} />}
      {children}
      {shortcut && <Kbd keys={shortcut} decorative />}
    </button>
  );
}

import type { LucideIcon } from 'lucide-react';
import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';
import { useKeysHere } from './key-scope.tsx';
import { toAriaShortcut } from './shortcut.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  icon: LucideIcon;
  /** What it does; read out, and shown as tooltip. */
  label: string;
  shortcut?: string;
  pressed?: boolean;
}

export function IconButton(props: IconButtonProps) {
  const here = useKeysHere();
  const { icon: Icon, label, shortcut, pressed, className, ...rest } = props;
  return (
    <Tooltip label={label} {...(shortcut && { shortcut })}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut && toAriaShortcut(here(shortcut))}
        className={classNames(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-fg disabled:pointer-events-none disabled:opacity-50 data-[state=open]:bg-selected',
          pressed && 'bg-selected text-fg',
          className,
        )}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  );
}

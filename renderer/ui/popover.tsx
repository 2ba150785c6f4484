import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface PopoverProps {
  /** A button. */
  trigger: ReactNode;
  /** What it is, read out. */
  label: string;
  className?: string;
  /** Mounted while it is open. */
  children: ReactNode;
}

/** More about one thing, beside it, until something else is pressed. */
export function Popover({ trigger, label, className, children }: PopoverProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={classNames(
            'appear z-40 max-w-[calc(100vw-16px)] rounded-lg border border-line-strong bg-bg p-3 shadow-float outline-none',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

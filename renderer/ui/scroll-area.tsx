import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';

/** A region that scrolls by itself, also by keyboard. */
export function ScrollArea({ className, children, ...rest }: ComponentPropsWithRef<'div'>) {
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      {...rest}
      className={classNames('min-h-0 flex-1 overflow-auto overscroll-contain', className)}
    >
      {children}
    </div>
  );
}

import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';

export interface ListRowProps extends ComponentPropsWithRef<'div'> {
  selected?: boolean;
}

/** One row of a list: every row of the app has this height, and one line that is cut at the edge. */
export function ListRow({ selected, className, children, ...rest }: ListRowProps) {
  return (
    <div
      {...rest}
      className={classNames(
        'flex h-row min-w-0 items-center gap-2 px-3 hover:bg-hover',
        selected && 'bg-selected hover:bg-selected',
        className,
      )}
    >
      {children}
    </div>
  );
}

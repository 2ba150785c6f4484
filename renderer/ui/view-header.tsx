import type { ReactNode } from 'react';

interface ViewHeaderProps {
  title: string;
  /** Beside the title: a count, a filter. */
  children?: ReactNode;
  /** At the far end. */
  actions?: ReactNode;
}

/** The bar on top of a view. Its title is the page's heading. In a narrow window it has as many rows as it takes. */
export function ViewHeader({ title, children, actions }: ViewHeaderProps) {
  return (
    <header className="flex h-bar shrink-0 items-center gap-3 border-b px-4 max-sm:h-auto max-sm:min-h-bar max-sm:flex-wrap max-sm:gap-y-1 max-sm:px-3 max-sm:py-1.5">
      <h1 className="font-semibold max-sm:flex-1">{title}</h1>
      <div className="flex min-w-0 flex-1 items-center gap-2 text-muted max-sm:order-last max-sm:basis-full max-sm:flex-wrap max-sm:empty:hidden">
        {children}
      </div>
      {actions && (
        <div className="flex shrink-0 items-center gap-1 max-sm:max-w-full max-sm:shrink max-sm:flex-wrap max-sm:justify-end">
          {actions}
        </div>
      )}
    </header>
  );
}

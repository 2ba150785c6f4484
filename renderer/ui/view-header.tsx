import type { ReactNode } from 'react';

interface ViewHeaderProps {
  title: string;
  /** Beside the title: a count, a filter. */
  children?: ReactNode;
  /** At the far end. */
  actions?: ReactNode;
}

/** The bar on top of a view. Its title is the page's heading. */
export function ViewHeader({ title, children, actions }: ViewHeaderProps) {
  return (
    <header className="flex h-bar shrink-0 items-center gap-3 border-b px-4">
      <h1 className="font-semibold">{title}</h1>
      <div className="flex min-w-0 flex-1 items-center gap-2 text-muted">{children}</div>
      {actions && <div className="flex shrink-0 items-center gap-1">{actions}</div>}
    </header>
  );
}

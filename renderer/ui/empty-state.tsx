import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: LucideIcon;
  title: string;
  /** What to do next, or what happens meanwhile. */
  children?: ReactNode;
  action?: ReactNode;
  /** It is all of the page: its title is that of the page. */
  isPage?: boolean;
}

/** An empty place says why it is empty and what comes next. */
export function EmptyState({ icon: Icon, title, children, action, isPage }: EmptyStateProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className="flex h-full min-h-0 flex-col items-center justify-center gap-1 p-8 text-center">
      {Icon && <Icon size={20} strokeWidth={1.5} aria-hidden className="mb-2 text-faint" />}
      <Heading className="font-medium">{title}</Heading>
      {children && <div className="max-w-100 text-muted">{children}</div>}
      {action && <div className="mt-3 flex gap-2">{action}</div>}
    </div>
  );
}

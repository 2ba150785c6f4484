import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: LucideIcon;
  title: string;
  /** What to do next, or what happens meanwhile. */
  children?: ReactNode;
  action?: ReactNode;
}

/** An empty place says why it is empty and what comes next. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex h-full min-h-0 flex-col items-center justify-center gap-1 p-8 text-center">
      {Icon && <Icon size={20} strokeWidth={1.5} aria-hidden className="mb-2 text-faint" />}
      <h2 className="font-medium">{title}</h2>
      {children && <div className="max-w-100 text-muted">{children}</div>}
      {action && <div className="mt-3 flex gap-2">{action}</div>}
    </div>
  );
}

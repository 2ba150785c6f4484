import { Command } from 'cmdk';
import type { ReactNode } from 'react';

interface PaletteRowsProps {
  /** What there is to say of them: no row itself. */
  above: ReactNode;
  children: ReactNode;
}

/** As high with few rows as with many, so that nothing moves while one types. */
export function PaletteRows({ above, children }: PaletteRowsProps) {
  return (
    <div className="flex h-[min(52vh,480px)] flex-col">
      {above}
      <Command.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5">
        {children}
      </Command.List>
    </div>
  );
}

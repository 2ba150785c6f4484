import type { ReactNode } from 'react';

interface FactProps {
  name: string;
  code?: string;
  children?: ReactNode;
}

/** One of the details of something, in a `dl`: its name, and what is so. */
export function Fact({ name, code, children }: FactProps) {
  return (
    <div>
      <dt className="text-sm text-faint">{name}</dt>
      <dd>
        {code !== undefined && <code className="text-selectable text-sm break-all">{code}</code>}
        {children}
      </dd>
    </div>
  );
}

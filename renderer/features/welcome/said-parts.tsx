/** What a verdict is made of. */
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { WithCommands } from '../doctor/index.ts';
import { shownPath } from './shown-path.ts';

export function Refused({ error: { message, mend } }: { error: WireError }) {
  return (
    <Line>
      <WithCommands text={toPlainLine(message)} />{' '}
      <span className="text-muted">
        <WithCommands text={toPlainLine(mend)} />
      </span>
    </Line>
  );
}

export function Line({ isFine = false, children }: { isFine?: boolean; children: ReactNode }) {
  const Icon = isFine ? CircleCheck : CircleAlert;
  return (
    <p className="flex items-start gap-2">
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className={isFine ? 'mt-0.5 shrink-0 text-green' : 'mt-0.5 shrink-0 text-amber'}
      />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  );
}

export function Buttons({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2">{children}</div>;
}

export function Path({ path, home }: { path: string; home: string }) {
  return <bdi className="font-mono text-sm">{toPlainLine(shownPath(path, home))}</bdi>;
}

export function nameOf(root: string): string {
  const name = toPlainLine(root.split(/[\\/]/).filter(Boolean).at(-1) ?? root);
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

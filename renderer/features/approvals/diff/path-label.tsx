import { classNames } from '../../../ui/class-names.ts';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { splitPath } from './file-tree.ts';

interface PathLabelProps {
  path: string;
  /** Where it was before, when it moved. */
  oldPath?: string | undefined;
  className?: string;
}

/** A path on one line: the name always in sight, the folder cut where there is no room; whole on hover. */
export function PathLabel({ path, oldPath, className }: PathLabelProps) {
  const { folder, name } = splitPath(toPlainLine(path));
  const full = oldPath === undefined ? path : `${oldPath} → ${path}`;
  return (
    <span
      title={toPlainLine(full)}
      className={classNames('flex min-w-0 items-baseline font-mono text-sm', className)}
    >
      {oldPath !== undefined && (
        <span className="min-w-0 shrink-[9999] truncate text-faint @max-[560px]:hidden">
          <span className="sr-only">from </span>
          {toPlainLine(oldPath)}
        </span>
      )}
      {oldPath !== undefined && (
        <span className="shrink-0 px-1.5 text-faint @max-[560px]:hidden">→</span>
      )}
      <span className="min-w-0 shrink-[9999] truncate text-muted">{folder}</span>
      <span className="min-w-0 truncate font-medium text-fg">{name}</span>
    </span>
  );
}

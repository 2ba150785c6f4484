/** Who belongs to a program: its session and group, its descendants, and what its environment still tells. */
import type { ProcessRow } from './process-list.ts';

/** A terminal's program and all that it started. */
export function familyOf(
  { pid, mark }: { readonly pid: number; readonly mark?: string | undefined },
  members?: readonly ProcessRow[],
): Family {
  return new Family(
    (row) =>
      row.pid === pid ||
      row.session === pid ||
      row.group === pid ||
      (mark !== undefined && row.mark === mark),
    members,
  );
}

/** Who belongs to it. One that was seen stays a member when its parent dies and it becomes somebody else's child. */
export class Family {
  private readonly isRoot: (row: ProcessRow) => boolean;
  private known: Map<number, ProcessRow>;

  /** `members`: who belonged to it when it was last looked for. */
  constructor(isRoot: (row: ProcessRow) => boolean, members: readonly ProcessRow[] = []) {
    this.isRoot = isRoot;
    this.known = new Map(members.map((row) => [row.pid, row]));
  }

  get members(): readonly ProcessRow[] {
    return [...this.known.values()];
  }

  find(all: readonly ProcessRow[]): ProcessRow[] {
    const found = new Map<number, ProcessRow>();
    let before = -1;
    while (found.size !== before) {
      before = found.size;
      for (const row of all) if (this.isMember(row, found)) found.set(row.pid, row);
    }
    this.known = found;
    return [...found.values()];
  }

  private isMember(row: ProcessRow, found: ReadonlyMap<number, ProcessRow>): boolean {
    const { pid, parent, start } = row;
    // It may itself be a descendant of what it ends.
    if (pid === process.pid) return false;
    if (this.isRoot(row)) return true;
    // The same number with another start is another process that got it since.
    if (this.known.get(pid)?.start === start) return true;
    return found.has(parent);
  }
}

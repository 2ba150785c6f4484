/**
 * Which files of which diff the operator has ticked as viewed. A mark belongs to an approval, a path and the
 * hash of the diff: when the diff is another, nothing is marked. Pure.
 */

export interface ViewedEntry {
  readonly approval: string;
  readonly diffHash: string;
  readonly paths: readonly string[];
}

/** Newest first. */
export type ViewedMarks = readonly ViewedEntry[];

export interface ViewedSubject {
  readonly approval: string;
  readonly diffHash: string;
}

/** What the page keeps stays small: the oldest approvals are forgotten first, and of one the oldest marks. */
export const maxViewedApprovals = 50;
export const maxViewedPaths = 1_000;
export const maxViewedChars = 200_000;

export function viewedPaths(marks: ViewedMarks, subject: ViewedSubject): ReadonlySet<string> {
  return new Set(marks.find((entry) => isOf(entry, subject))?.paths);
}

/** The marks with this file ticked or not; the approval moves to the front. */
export function markViewed(
  marks: ViewedMarks,
  subject: ViewedSubject,
  { path, isViewed }: { path: string; isViewed: boolean },
): ViewedMarks {
  const paths = new Set(viewedPaths(marks, subject));
  if (isViewed) paths.add(path);
  else paths.delete(path);
  // An older diff of the same approval cannot come back.
  const others = marks.filter(({ approval }) => approval !== subject.approval);
  const { approval, diffHash } = subject;
  const entry = { approval, diffHash, paths: [...paths].slice(-maxViewedPaths) };
  return toBounds(paths.size === 0 ? others : [entry, ...others]);
}

/**
 * With those files of an earlier diff ticked in this one that are the same in both, unless something of this one was ticked
 * already. `changed`: paths in which the two differ.
 */
export function carryViewed(
  marks: ViewedMarks,
  { from, to, changed }: { from: ViewedSubject; to: ViewedSubject; changed: readonly string[] },
): ViewedMarks {
  if (marks.some((entry) => isOf(entry, to))) return marks;
  const others = new Set(changed);
  const same = [...viewedPaths(marks, from)].filter((path) => !others.has(path));
  return same.reduce((left, path) => markViewed(left, to, { path, isViewed: true }), marks);
}

function toBounds(marks: ViewedMarks): ViewedMarks {
  let kept = marks.slice(0, maxViewedApprovals);
  while (kept.length > 0 && JSON.stringify(kept).length > maxViewedChars) kept = kept.slice(0, -1);
  return kept;
}

function isOf(entry: ViewedEntry, { approval, diffHash }: ViewedSubject): boolean {
  return entry.approval === approval && entry.diffHash === diffHash;
}

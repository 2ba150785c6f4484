/**
 * Cuts a git patch into its files and reads each file's header. Nothing is rendered and nothing is changed
 * here: what a section holds are the bytes that the approval is pinned to.
 */
import type { ChangedFile } from '../../../../preload/contract/change-facts.ts';
import { readHeaderPaths, readPatchPath } from './git-path.ts';

export interface PatchSection {
  /** Header and hunks, as in the patch. */
  readonly text: string;
  readonly path: string;
  /** Undefined when the path did not change. */
  readonly oldPath: string | undefined;
  readonly status: ChangedFile['status'];
  readonly isBinary: boolean;
  /** Git modes, for example `100644`; undefined on the side where the file is not, and when nothing says it. */
  readonly oldMode: string | undefined;
  readonly newMode: string | undefined;
  readonly additions: number;
  readonly deletions: number;
  /** Lines of all hunks, with their context. */
  readonly lineCount: number;
  /** Length of the longest of them, in UTF-16 units. */
  readonly longestLine: number;
}

const fileStart = 'diff --git ';

/**
 * Every file of a patch, in its order. A line of content always begins with a blank, `+`, `-` or `\`, so no
 * content can pass for the beginning of a file.
 */
export function splitPatch(patch: string): string[] {
  const sections: string[] = [];
  let start = patch.startsWith(fileStart) ? 0 : nextFile(patch, 0);
  while (start < patch.length) {
    const end = nextFile(patch, start);
    sections.push(patch.slice(start, end));
    start = end;
  }
  return sections;
}

export function readSection(text: string): PatchSection {
  const firstHunk = text.indexOf('\n@@ ');
  const bodyStart = firstHunk === -1 ? text.length : firstHunk + 1;
  const header = readHeader(text.slice(0, bodyStart));
  return { text, ...header, ...measureBody(text, bodyStart) };
}

type Header = Pick<
  PatchSection,
  'path' | 'oldPath' | 'status' | 'isBinary' | 'oldMode' | 'newMode'
>;

function nextFile(patch: string, after: number): number {
  const found = patch.indexOf(`\n${fileStart}`, after);
  return found === -1 ? patch.length : found + 1;
}

function readHeader(text: string): Header {
  const lines = text.split('\n');
  const after = (prefix: string): string | undefined =>
    lines.find((line) => line.startsWith(prefix))?.slice(prefix.length);
  const named = (prefix: string, side: 'a/' | 'b/' | ''): string | undefined => {
    const value = after(prefix);
    return value === undefined ? undefined : readPatchPath(value, side);
  };
  const both = readHeaderPaths(lines[0] ?? '');
  const sharedMode = /^index \S+ (\d+)$/m.exec(text)?.[1];
  const newPath = named('rename to ', '') ?? named('copy to ', '') ?? named('+++ ', 'b/');
  const oldPath = named('rename from ', '') ?? named('copy from ', '') ?? named('--- ', 'a/');
  const path = newPath ?? oldPath ?? both?.new ?? '';
  return {
    path,
    oldPath: oldPath === path ? undefined : oldPath,
    status: readStatus(after),
    isBinary: lines.some((line) => /^(Binary files .* differ|GIT binary patch)$/.test(line)),
    oldMode: after('old mode ') ?? after('deleted file mode ') ?? sharedMode,
    newMode: after('new mode ') ?? after('new file mode ') ?? sharedMode,
  };
}

function readStatus(after: (prefix: string) => string | undefined): ChangedFile['status'] {
  if (after('new file mode ') !== undefined) return 'added';
  if (after('deleted file mode ') !== undefined) return 'deleted';
  if (after('rename to ') !== undefined) return 'renamed';
  return after('copy to ') === undefined ? 'modified' : 'copied';
}

/** One pass without making a string per line: patches are up to 4 MiB. */
function measureBody(
  text: string,
  bodyStart: number,
): Pick<PatchSection, 'additions' | 'deletions' | 'lineCount' | 'longestLine'> {
  const body = { additions: 0, deletions: 0, lineCount: 0, longestLine: 0 };
  let start = bodyStart;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const first = text[start];
    if (first === '+') body.additions += 1;
    if (first === '-') body.deletions += 1;
    if (first !== '@' && first !== '\\') body.lineCount += 1;
    body.longestLine = Math.max(body.longestLine, end - start);
    start = end + 1;
  }
  return body;
}

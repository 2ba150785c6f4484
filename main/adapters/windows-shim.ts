/**
 * What a batch file that npm or pnpm laid for a package really starts. Started itself, it would hand everything it is
 * given to cmd.exe, whose quoting cannot be trusted with a prompt: `&` and `%` in it would be commands and variables.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface ShimTarget {
  /** The package's own file. */
  readonly file: string;
  /** True when Node runs it. */
  readonly isScript: boolean;
}

/** `"%_prog%"  "%dp0%\node_modules\pkg\cli.js" %*`, or `"%~dp0\..\pkg\cli.exe" %*`. */
const startLine = /"%(?:~dp0|dp0%)\\([^"%]+)"\s+%\*/;
/** A shim is a few lines; a longer file is somebody's program. */
const maxShimBytes = 8 * 1024;

/** Undefined for a batch file that is no such shim. */
export async function readShim(file: string): Promise<ShimTarget | undefined> {
  const text = await readFile(file, 'utf8');
  const [, target] = (text.length > maxShimBytes ? undefined : startLine.exec(text)) ?? [];
  if (target === undefined) return undefined;
  const found = path.resolve(path.dirname(file), ...target.split(/[\\/]/));
  return { file: found, isScript: !/\.exe$/i.test(found) };
}

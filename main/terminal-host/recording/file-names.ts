/**
 * What the files of recordings are called: `<agent>.<session>.<when it began>.<number>.cast`. The time keeps apart two
 * agents of one name, of which the first was purged.
 */

export interface RecordingKey {
  /** Id of the terminal in its project: `<agent>.<session>`. */
  readonly name: string;
  /** When it began, Unix ms. */
  readonly startMs: number;
}

export interface PartKey extends RecordingKey {
  /** From 1. */
  readonly part: number;
}

/** `ada.3` of an agent; `ada~setup.224` of a command of its worktree, `pool_1~setup.…` of one that is nobody's yet. */
const namePattern = /^[a-z0-9][a-z0-9_-]{0,80}(~[a-z]{1,12})?\.\d{1,15}$/;
const filePattern = /^(.+\.\d+)\.(\d{1,15})\.(\d{1,6})\.cast$/;

/** False for what must not become part of a path. */
export function isRecordingName(name: string): boolean {
  return namePattern.test(name);
}

export function fileNameOf({ name, startMs, part }: PartKey): string {
  return `${name}.${startMs}.${String(part).padStart(4, '0')}.cast`;
}

/** Undefined for a file that is none of ours. */
export function parseFileName(file: string): PartKey | undefined {
  const [, name = '', startMs, part] = filePattern.exec(file) ?? [];
  if (!isRecordingName(name)) return undefined;
  return { name, startMs: Number(startMs), part: Number(part) };
}

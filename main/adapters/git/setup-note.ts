/** Which commands have made a worktree ready: a note in its git folder, so that it goes with the worktree. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findAdmin } from './worktree-list.ts';

const file = 'musher-setup';

export async function setUpAs(commonDir: string, path: string): Promise<string | undefined> {
  const admin = await findAdmin(commonDir, path);
  if (admin === undefined) return undefined;
  const text = await readFile(join(admin, file), 'utf8').catch(() => '');
  return text === '' ? undefined : text.trim();
}

/** Of a worktree that is gone by now, nothing is noted. */
export async function noteSetUp(
  commonDir: string,
  path: string,
  as: string | undefined,
): Promise<void> {
  const admin = await findAdmin(commonDir, path);
  if (admin === undefined) return;
  const note = join(admin, file);
  if (as === undefined) return rm(note, { force: true });
  await writeFile(`${note}.new`, `${as}\n`);
  await rename(`${note}.new`, note);
}

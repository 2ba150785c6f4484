/** Files that agents show with their questions: of their own worktree alone, however links are laid meanwhile. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { attachmentBytes } from '../../preload/contract/questions.ts';
import { MusherError, musherError } from '../base/result.ts';
import type { AttachmentFile, Attachments } from '../features/questions/ports.ts';

const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;

export const attachments: Attachments = {
  async read(worktree, asked) {
    const refused = (why: string, cause?: unknown) =>
      musherError('ATTACHMENT_REFUSED', { path: asked, why }, cause);
    try {
      const root = await realpath(worktree);
      const file = await realpath(path.resolve(root, asked));
      const inside = path.relative(root, file).split(path.sep);
      if (inside[0] === '..' || path.isAbsolute(inside.join(path.sep)))
        throw refused('is outside of your worktree');
      if (inside.includes('.git')) throw refused('is of git itself');
      const handle = await open(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
      try {
        return await readWhole(handle, { root, file, inside, refused });
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (error instanceof MusherError) throw error;
      throw refused(whyOf(error), error);
    }
  },
};

interface Opened {
  readonly root: string;
  readonly file: string;
  readonly inside: readonly string[];
  readonly refused: (why: string) => MusherError;
}

async function readWhole(
  handle: FileHandle,
  { root, file, inside, refused }: Opened,
): Promise<AttachmentFile> {
  const found = await handle.stat();
  if (!found.isFile()) throw refused('is no file');
  // A folder above it may have been made a link in between: what was opened is what stands there now.
  const again = await realpath(file);
  const there = await stat(again);
  if (again !== path.join(root, ...inside) || there.ino !== found.ino || there.dev !== found.dev)
    throw refused('was replaced while it was read');
  if (found.size > attachmentBytes)
    throw refused(`has ${found.size} bytes, more than ${attachmentBytes}`);
  const buffer = new Uint8Array(attachmentBytes + 1);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
  if (bytesRead > attachmentBytes) throw refused(`has more than ${attachmentBytes} bytes`);
  const bytes = buffer.slice(0, bytesRead);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const text = textOf(bytes);
  return {
    ...{ path: inside.join('/'), sizeBytes: bytesRead, hash },
    ...(text !== undefined && { text }),
  };
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    // A mark at its begin is shown like any other hidden character.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function whyOf(error: unknown): string {
  const { code } = error as { code?: string };
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  if (code === 'EISDIR') return 'is no file';
  return `cannot be read (${code ?? 'unknown'})`;
}

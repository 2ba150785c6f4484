// Files that questions show, in memory.

import { musherError } from '../../main/base/result.ts';
import type { AttachmentFile } from '../../main/features/questions/ports.ts';

export function playedAttachment(
  { attached }: { readonly attached: ReadonlyMap<string, string> },
  path: string,
): AttachmentFile {
  const text = attached.get(path);
  if (text === undefined) throw musherError('ATTACHMENT_REFUSED', { path, why: 'does not exist' });
  const isText = !text.includes('\0');
  return { path, sizeBytes: text.length, hash: `hash of ${text}`, ...(isText && { text }) };
}

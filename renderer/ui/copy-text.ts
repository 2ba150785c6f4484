import { toPlainLine } from './plain-text.ts';
import { showDone } from './toast.tsx';

interface CopyWords {
  readonly done: string;
  readonly failed: string;
}

/**
 * Fails where the page may not use the clipboard; then the text is shown, to be copied by hand. A text that is too long for
 * that has words of its own.
 */
export function copyText(text: string, words?: CopyWords): void {
  const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
  copied.then(
    () => showDone(words?.done ?? `Copied ${toPlainLine(text)}`),
    () => showDone(words?.failed ?? toPlainLine(text)),
  );
}

import { toPlainLine } from './plain-text.ts';
import { showDone } from './toast.tsx';

/** Fails where the page may not use the clipboard; then the text is shown, to be copied by hand. */
export function copyText(text: string): void {
  const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
  copied.then(
    () => showDone(`Copied ${toPlainLine(text)}`),
    () => showDone(toPlainLine(text)),
  );
}

import { toPlainLine } from '../../ui/plain-text.ts';
import { showDone } from '../../ui/toast.tsx';

/** Fails where the page may not use the clipboard; then the text is shown, to be copied by hand. */
export function copyText(text: string): void {
  const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
  copied.then(
    () => showDone(`Copied ${toPlainLine(text)}`),
    () => showDone(toPlainLine(text)),
  );
}

/** What people may call a node, or a project at a gateway. Without zod: the CLI and the page read it too. */
export const nodeLabelPattern = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/;

/** What one that does not fit is told. */
export const nodeLabelHint = 'expected letters, digits, spaces and . _ - (at most 40)';

/** What is wrong with a name before it is sent, as a sentence; undefined when it will do. */
export function nodeLabelFault(label: string): string | undefined {
  return nodeLabelPattern.test(label.trim()) ? undefined : `E${nodeLabelHint.slice(1)}.`;
}

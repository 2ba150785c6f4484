/** Above this share of a line's characters, marks of what changed in it say less than none: the lines are unlike. */
const mostly = 0.6;

/**
 * For the viewer, after it has drawn. It marks words between any two lines that stand against each other, also where one
 * was not made from the other; such lines lose their marks (`data-unlike`, in the viewer's own style).
 */
export function quietUnlikeLines(node: HTMLElement): void {
  const marked = new Map<Element, number>();
  for (const span of (node.shadowRoot ?? node).querySelectorAll('[data-diff-span]')) {
    const line = span.closest('[data-line]');
    if (line) marked.set(line, (marked.get(line) ?? 0) + countInk(span));
  }
  for (const [line, count] of marked)
    line.toggleAttribute('data-unlike', count > mostly * countInk(line));
}

/** Characters that are not blank: an indentation is like any other. */
function countInk({ textContent }: Element): number {
  return textContent.replace(/\s/g, '').length;
}

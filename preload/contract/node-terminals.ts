/** Terminals of agents on nodes, as pages and commands name them: by the node and the story that it works on. */

/** Of one node, at once. */
export const mostWatches = 8;

/** No terminal of this machine is called so. */
export function nodeTerminalId(node: string, story: string): string {
  return `@${node}/${story}`;
}

/** Undefined for a terminal of this machine. */
export function parseNodeTerminalId(id: string): { node: string; story: string } | undefined {
  const [, node, story] = /^@(n-\d{1,9})\/(s-\d{1,9})$/.exec(id) ?? [];
  return node === undefined || story === undefined ? undefined : { node, story };
}

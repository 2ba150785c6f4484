/** Where the operator is, as the address of the page: `#/agents/agent/backend`. Pure. */

export interface Place {
  /** A view's id. */
  readonly view: string;
  /** What is opened in it, as a record id (`agent/backend`), or a word that the view knows. */
  readonly target?: string;
}

export function toHash({ view, target }: Place): string {
  const parts = [view, ...(target ?? '').split('/')].filter((part) => part !== '');
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

export function parseHash(hash: string): Place | undefined {
  const [view, ...rest] = hash.replace(/^#\/?/, '').split('/').map(decode);
  if (!view) return undefined;
  return rest.length > 0 ? { view, target: rest.join('/') } : { view };
}

/** The key of a target of this kind: `keyOfTarget('agent/backend', 'agent')` is `backend`. */
export function keyOfTarget(target: string | undefined, kind: string): string | undefined {
  return target?.startsWith(`${kind}/`) ? target.slice(kind.length + 1) : undefined;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

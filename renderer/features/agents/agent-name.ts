/** A usable name for what was typed. Pure. */
import { toAgentId } from '../../../preload/contract/agent-id.ts';

const maxLength = 40;

/** The nearest valid id that no agent has; undefined for a blank text. */
export function suggestAgentId(text: string, taken: ReadonlySet<string>): string | undefined {
  if (text.trim() === '') return undefined;
  const id = toAgentId(text);
  if (!taken.has(id)) return id;
  for (let count = 2; ; count++) {
    const suffix = `-${count}`;
    const numbered = `${id.slice(0, maxLength - suffix.length).replace(/-+$/, '')}${suffix}`;
    if (!taken.has(numbered)) return numbered;
  }
}

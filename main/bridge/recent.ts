/** Repositories that were opened, newest first, by their folder. What a link may show, and what the app begins with. */
import type { DesktopMemory } from './desktop-memory.ts';

const name = 'recent repositories';
const most = 12;

export function readRecent(memory: DesktopMemory): readonly string[] {
  try {
    const known: unknown = JSON.parse(memory.value(name) ?? '[]');
    return Array.isArray(known)
      ? known.filter((one) => typeof one === 'string').slice(0, most)
      : [];
  } catch {
    return [];
  }
}

export function addRecent(memory: DesktopMemory, root: string): void {
  const others = readRecent(memory).filter((one) => one !== root);
  memory.setValue(name, JSON.stringify([root, ...others].slice(0, most)));
}

/** One that is gone, or all of them. */
export function forgetRecent(memory: DesktopMemory, root?: string): void {
  const kept = root === undefined ? [] : readRecent(memory).filter((one) => one !== root);
  memory.setValue(name, JSON.stringify(kept));
}

/** Which triggers an event fits, but for their expressions. A look costs what asks about its type, and most events are asked about by none. */
import type { Table } from '../../../preload/contract/table.ts';
import { asPattern, exactly, normalPath } from '../conflicts/index.ts';
import type { Subject } from './subject.ts';
import type { Armed } from './slice.ts';

/** Of a trigger's own life `*` says nothing: who wants that names it. */
export function fitsType(on: readonly string[], type: string): boolean {
  return on.some((pattern) => {
    if (pattern === '*') return !type.startsWith('trigger.');
    return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
  });
}

/** By event type, for as long as the triggers ask the same. */
export class MatchIndex {
  private armed: Table<Armed> | undefined;
  private readonly byType = new Map<string, readonly Armed[]>();

  of(armed: Table<Armed>, type: string): readonly Armed[] {
    if (armed !== this.armed) {
      this.byType.clear();
      this.armed = armed;
    }
    const known = this.byType.get(type);
    if (known !== undefined) return known;
    const found = armed.values().filter(({ on }) => fitsType(on, type));
    this.byType.set(type, found);
    return found;
  }
}

type Asked = Pick<Armed, 'story' | 'agent' | 'stage' | 'path'>;

/** All but its type and its expression. */
export function fitsPlainly(asked: Asked, subject: Subject): boolean {
  const { story, agent, stage, path } = asked;
  if (story !== undefined && subject.story !== story) return false;
  if (agent !== undefined && subject.agent !== agent && subject.actor !== agent) return false;
  if (stage !== undefined && subject.stage !== stage) return false;
  return path === undefined || subject.paths.some(patternOf(path));
}

const remembered = 2_000;
const patterns = new Map<string, (path: string) => boolean>();

function patternOf(path: string): (path: string) => boolean {
  const known = patterns.get(path);
  if (known !== undefined) return known;
  if (patterns.size >= remembered) patterns.clear();
  const made = exactly(asPattern(normalPath(path)));
  patterns.set(path, made);
  return made;
}

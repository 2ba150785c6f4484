/** What an event must be for a trigger to fire, but for its expression. Which of many triggers an event may fit: match-index.ts. */
import { asPattern, exactly, normalPath } from '../conflicts/index.ts';
import type { Armed } from './slice.ts';
import type { Subject } from './subject.ts';

/** Of a trigger's own life `*` says nothing: who wants that names it. */
export function fitsType(on: readonly string[], type: string): boolean {
  return on.some((pattern) => {
    if (pattern === '*') return !type.startsWith('trigger.');
    return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
  });
}

type Asked = Pick<Armed, 'story' | 'agent' | 'stage' | 'path'>;

/** All but its type and its expression. */
export function fitsPlainly(asked: Asked, subject: Subject): boolean {
  const { story, agent, stage, path } = asked;
  if (story !== undefined && subject.story !== story) return false;
  if (agent !== undefined && subject.agent !== agent && subject.actor !== agent) return false;
  if (stage !== undefined && subject.stage !== stage) return false;
  return path === undefined || (subject.paths.length > 0 && subject.paths.some(patternOf(path)));
}

/** As files are held against it. */
export function pathPattern(path: string): string {
  return asPattern(normalPath(path));
}

const remembered = 2_000;
const patterns = new Map<string, (path: string) => boolean>();

function patternOf(path: string): (path: string) => boolean {
  const known = patterns.get(path);
  if (known !== undefined) return known;
  if (patterns.size >= remembered) patterns.clear();
  const made = exactly(pathPattern(path));
  patterns.set(path, made);
  return made;
}

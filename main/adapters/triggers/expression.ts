/**
 * Expressions of triggers: CEL, which has no loops of its own and always ends. How large one may be is bounded here; how long it takes
 * (a list in a list, a pattern with many ways) is bounded by where it is run: expression-thread.ts. Pure.
 */
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { ExpressionFault } from '../../features/triggers/ports.ts';

const environment = new Environment({
  limits: {
    ...{ maxAstNodes: 300, maxDepth: 40, maxListElements: 100, maxMapEntries: 50 },
    maxCallArguments: 10,
  },
})
  .registerVariable('event', 'map')
  .registerVariable('data', 'map')
  .registerVariable('story', 'string')
  .registerVariable('agent', 'string')
  .registerVariable('stage', 'string')
  .registerVariable('paths', 'list<string>');

/** What is known of it without an event: that it can be read, and is true or false. Undefined when it is. */
export function checkExpression(text: string): ExpressionFault | undefined {
  const { valid, error, type } = environment.check(text);
  if (!valid) return unreadable(text, error);
  if (type === 'bool' || type === 'dyn') return undefined;
  return faultAt(text, 0, `expected true or false, found ${type}`);
}

/** Throws what `checkExpression` tells. */
export function compileExpression(text: string): ParseResult {
  const compiled = environment.parse(text);
  compiled.check();
  return compiled;
}

interface CelFault {
  readonly summary?: string;
  readonly message?: string;
  readonly range?: { readonly start: number };
}

function unreadable(text: string, error: unknown): ExpressionFault {
  const { summary, message, range } = (error ?? {}) as CelFault;
  const reason = (summary ?? message ?? 'it is no expression').split('\n', 1)[0] ?? '';
  return faultAt(text, range?.start ?? 0, reason.slice(0, 300));
}

const shownChars = 30;

function faultAt(text: string, at: number, reason: string): ExpressionFault {
  const before = text.slice(0, at).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const rest = text.slice(at).split('\n', 1)[0] ?? '';
  const found = rest === '' ? 'its end' : `"${rest.slice(0, shownChars)}"`;
  return { line, column, found, reason };
}

/** What an expression said of an event, as a person reads it: without the picture of where. */
export function faultOf(error: unknown): string {
  const { summary, message } = error as CelFault;
  return ((summary ?? message ?? 'it failed').split('\n', 1)[0] ?? '').slice(0, 300);
}

// Lets the schemas of each capability be made when they are first asked for. A start asks for few of them, and to make all of them
// was a tenth of what it costs; the contracts are written as if they were made at once.

import { type ESTree, type Plugin, Visitor } from 'vite';
import { fromRoot } from './paths.mjs';

const contracts = fromRoot('preload/contract/').replaceAll('\\', '/');
const declarations: ReadonlySet<string> = new Set(['command', 'query', 'event']);
const schemas: ReadonlySet<string> = new Set(['data', 'result']);

/** In the contracts, `data: z.object(…)` of a `command`, a `query` or an `event` becomes a getter that makes it once. */
export function schemasAreLate(): Plugin {
  return {
    name: 'schemas-are-late',
    transform(code, id) {
      return id.startsWith(contracts)
        ? { code: withGetters(code, findSchemas(this.parse(code))), map: null }
        : undefined;
    },
  };
}

interface Schema {
  readonly name: string;
  /** The whole property. */
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
}

/** In the order of the text. What is only named there is made already. */
function findSchemas(program: ESTree.Program): readonly Schema[] {
  const found: Schema[] = [];
  const visitor = new Visitor({
    CallExpression({ callee, arguments: [given] }) {
      if (callee.type !== 'Identifier' || !declarations.has(callee.name)) return;
      if (given?.type !== 'ObjectExpression') return;
      for (const property of given.properties) {
        if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
        const { name } = property.key;
        const { start, end, value } = property;
        if (schemas.has(name) && value.type === 'CallExpression')
          found.push({ name, start, end, valueStart: value.start });
      }
    },
  });
  visitor.visit(program);
  return found.toSorted((one, other) => one.start - other.start);
}

/** No line moves, so that what is told of a line stays true. */
function withGetters(code: string, found: readonly Schema[]): string {
  let text = '';
  let end = 0;
  for (const { name, start, end: after, valueStart } of found) {
    const once = `Object.defineProperty(this, '${name}', { value, enumerable: true })`;
    text += code.slice(end, start);
    text += `get ${name}() { const value = ${code.slice(valueStart, after)}; ${once}; return value; }`;
    end = after;
  }
  return text + code.slice(end);
}

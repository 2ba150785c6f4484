// What the page keeps between visits is declared in one place, each key with its bound and its owner:
// `export const storageKeys = { 'musher.theme': { owner: 'settings', maxBytes: 64 } }`.

import type { Breach, SourceFile } from './source-file.ts';
import { collect, isNode, lineOf, nameOf, parseFile, stringOf } from './syntax.ts';

export const storagePath = 'renderer/hub/storage.ts';
const storage = /(^|\.)(localStorage|sessionStorage)$/;

/** Only the storage file touches the browser's storage; all others go through it. */
export function checkStorageUse(file: SourceFile): Breach[] {
  if (file.path === storagePath) return checkDeclarations(file);
  const program = parseFile(file);
  const lines = new Set(
    [...collect(program, 'Identifier'), ...collect(program, 'MemberExpression')]
      .filter((node) => storage.test(nameOf(node) ?? ''))
      .map((node) => lineOf(file.text, node.start)),
  );
  return [...lines].map((line) => ({
    path: file.path,
    line,
    rule: 'uses the browser’s storage directly',
    mend: `Declare the key in ${storagePath} with bound and owner, and read it from there`,
  }));
}

function checkDeclarations(file: SourceFile): Breach[] {
  const declared = collect(parseFile(file), 'VariableDeclarator').find(
    (node) => nameOf(node.id) === 'storageKeys',
  );
  const table = declared && unwrap(declared.init);
  if (!isNode(table) || table.type !== 'ObjectExpression') {
    const mend = 'Export `const storageKeys = { key: { owner, maxBytes } }`';
    return [{ path: file.path, rule: 'declares no storageKeys', mend }];
  }
  return (table.properties as Array<Record<string, unknown>>).flatMap((entry) => {
    const key = stringOf(entry.key) ?? nameOf(entry.key);
    const missing = ['owner', 'maxBytes'].filter((name) => !fieldsOf(entry.value).includes(name));
    if (missing.length === 0) return [];
    const rule = `the key ${key} lacks ${missing.join(' and ')}`;
    return [{ path: file.path, rule, mend: 'Say which feature owns it and how large it may get' }];
  });
}

function fieldsOf(value: unknown): Array<string | undefined> {
  const object = unwrap(value);
  if (!isNode(object) || !Array.isArray(object.properties)) return [];
  return object.properties.map((property: { key: unknown }) => nameOf(property.key));
}

/** `x as const satisfies T` is x. */
function unwrap(value: unknown): unknown {
  if (!isNode(value)) return value;
  return /^TS(As|Satisfies)Expression$/.test(value.type) ? unwrap(value.expression) : value;
}

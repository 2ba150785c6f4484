// The hub's promises are numbered in main/hub/README.md; each number stands in the title of a test.

import type { Breach, SourceFile } from './source-file.ts';
import { collect, lineOf, nameOf, parseFile, stringOf } from './syntax.ts';

export const specPath = 'main/hub/README.md';
const titled = /^(it|test|describe)(\.|$)/;

/** `**LOG-1**` at the start of a line or of a list item. */
export function findRules(spec: string): string[] {
  return [...spec.matchAll(/^(?:[-*] +)?\*\*([A-Z]+-\d+)\*\*/gm)].map((match) => match[1] ?? '');
}

export function checkRules(spec: string, tests: SourceFile[]): Breach[] {
  const rules = findRules(spec);
  const families = new Set(rules.map((rule) => rule.split('-')[0]));
  const named = tests.flatMap(findNamed);
  const covered = new Set(named.map(({ rule }) => rule));
  const doubled = rules.filter((rule, index) => rules.indexOf(rule) !== index);
  return [
    ...doubled.map((rule) => breach(specPath, `${rule} is given twice`, 'Give it a new number')),
    ...rules
      .filter((rule) => !covered.has(rule))
      .map((rule) => breach(specPath, `${rule} is named by no test`, 'Put it in a test’s title')),
    ...named
      .filter(({ rule }) => families.has(rule.split('-')[0]) && !rules.includes(rule))
      .map(({ path, line, rule }) => ({
        ...breach(path, `names ${rule}, which the README does not have`, 'Correct the number'),
        line,
      })),
  ];
}

function breach(path: string, rule: string, mend: string): Breach {
  return { path, rule, mend };
}

/** Only numbers of a family that the README has are taken for rules: `SHA-256` in a title is none. */
function findNamed(file: SourceFile): Array<{ path: string; line: number; rule: string }> {
  return collect(parseFile(file), 'CallExpression').flatMap((node) => {
    const callee =
      nameOf(node.callee) ?? nameOf((node.callee as { callee?: unknown }).callee) ?? '';
    const title = titled.test(callee) ? stringOf((node.arguments as unknown[])[0]) : undefined;
    const rules = title?.match(/\b[A-Z]+-\d+\b/g) ?? [];
    return rules.map((rule) => ({
      path: file.path,
      line: lineOf(file.text, node.start),
      rule,
    }));
  });
}

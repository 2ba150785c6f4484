import { expect, it } from 'vitest';
import { checkSizes, measureFunctions } from './sizes.ts';
import { readSources, tell } from './source-file.ts';

it('files and functions stay short', () => {
  expect(tell(checkSizes(readSources()))).toEqual([]);
});

function rulesFor(path: string, text: string): string {
  return tell(checkSizes([{ path, text }])).join('\n');
}

it('a long file is refused', () => {
  expect(rulesFor('main/a.ts', '\n'.repeat(401))).toContain('401 lines, more than 400');
});

it('a long function is refused, and a component has more room', () => {
  const body = '\n'.repeat(79);
  expect(rulesFor('main/a.ts', `export const go = () => {${body}};`)).toContain('go has 80 lines');
  expect(rulesFor('renderer/a.tsx', `export function List() {${body}}`)).toBe('');
  expect(rulesFor('renderer/a.tsx', `function List() {${body.repeat(2)}}`)).toContain(
    'List has 159',
  );
});

it('a fourth parameter is refused, in a constructor too', () => {
  const text =
    'class A { constructor(a: X, b: X, c: X, d: X) {} run(this: A, a: X, b: X, c: X) {} }';
  expect(rulesFor('main/a.ts', text)).toContain('constructor takes 4 parameters');
  expect(rulesFor('main/a.ts', text)).not.toContain('run takes');
});

it('a share of long functions is refused even when each is below the stop', () => {
  const short = 'function f() {}\n'.repeat(17);
  const long = `function g() {${'\n'.repeat(30)}}\n`.repeat(3);
  expect(rulesFor('main/a.ts', short + long)).toContain('p50 1, p90 31');
});

it('functions are named by what holds them', () => {
  const text = 'const a = () => 1; class B { c() {} } const d = { e: () => 1 }; f(() => 1);';
  const names = measureFunctions({ path: 'main/a.ts', text }).map((one) => one.name);
  expect(names).toEqual(['a', 'c', 'e', undefined]);
});

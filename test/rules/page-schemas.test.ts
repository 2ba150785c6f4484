import { expect, it } from 'vitest';
import { checkPageSchemas } from './page-schemas.ts';
import { readSources, tell } from './source-file.ts';

it('the page makes none of the contract’s schemas', () => {
  expect(tell(checkPageSchemas(readSources()))).toEqual([]);
});

const contract = [
  { path: 'preload/contract/a.ts', text: "import { z } from 'zod'; export const a = z.string();" },
  { path: 'preload/contract/b.ts', text: "import { a } from './a.ts'; export const b = a;" },
  { path: 'preload/contract/c.ts', text: "import type { A } from './a.ts'; export const c = 1;" },
];

it.each([
  ["import { a } from '../preload/contract/a.ts';", 'loads schemas (preload/contract/a.ts)'],
  [
    "import { type B, b } from '../preload/contract/b.ts';",
    'loads schemas (preload/contract/b.ts)',
  ],
  ["const a = await import('../preload/contract/a.ts');", 'loads schemas (preload/contract/a.ts)'],
  ["export { b } from '../preload/contract/b.ts';", 'loads schemas (preload/contract/b.ts)'],
  ["import { z } from 'zod';", 'loads all of zod'],
])('the page may not hold: %s', (text, rule) => {
  const found = checkPageSchemas([...contract, { path: 'renderer/x.ts', text }]);
  expect(tell(found).join()).toContain(rule);
});

it.each([
  "import type { A } from '../preload/contract/a.ts';",
  "import { type A } from '../preload/contract/a.ts';",
  "import { c } from '../preload/contract/c.ts';",
  "import * as z from 'zod/mini';",
])('the page may hold: %s', (text) => {
  expect(checkPageSchemas([...contract, { path: 'renderer/x.ts', text }])).toEqual([]);
});

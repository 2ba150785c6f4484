import { expect, it } from 'vitest';
import { findFiles } from './find-files.ts';

const files = [
  'main/features/palette/readme.md',
  'renderer/shell/palette.tsx',
  'renderer/shell/palette-row.tsx',
  'renderer/ui/tokens.css',
  'test/unit/palette.test.ts',
];

it.each([
  ['palette', 4, 'renderer/shell/palette.tsx'],
  ['shell row', 1, 'renderer/shell/palette-row.tsx'],
  ['shell/palette-', 2, 'renderer/shell/palette-row.tsx'],
  ['tokesn', 1, 'renderer/ui/tokens.css'],
  ['tok css', 1, 'renderer/ui/tokens.css'],
  ['nothing', 0, undefined],
  ['', 0, undefined],
])('%j finds %d, %s first', (text, total, first) => {
  const found = findFiles(files, text, 2);
  expect([found.total, found.files[0]]).toEqual([total, first]);
  expect(found.files.length).toBeLessThanOrEqual(2);
});

it('of twenty thousand names the one that is meant is first, and a part of it may be mistyped', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `src/area-${at % 97}/part-${at}/view.ts`);
  expect(findFiles(many, 'part-19999 view', 20).files[0]).toBe('src/area-17/part-19999/view.ts');
  expect(findFiles(many, 'prat-777', 20).total).toBeGreaterThan(0);
});

import { describe, expect, it } from 'vitest';
import { checkRules, findRules, specPath } from './numbered-rules.ts';
import { readTests, readText, tell } from './source-file.ts';

describe('the numbered rules of the hub', () => {
  const spec = readText(specPath);

  it('are each named by a test, and a test names no other', () => {
    expect(tell(checkRules(spec ?? '', readTests()))).toEqual([]);
  });

  it('exist as soon as the hub dispatches', () => {
    const isDue = readText('main/hub/dispatch.ts') !== undefined;
    expect(findRules(spec ?? '').length > 0 || !isDue).toBe(true);
  });
});

it('a rule without a test, and a test without a rule, is found', () => {
  const spec =
    '**LOG-1** holes\n- **LOG-2** order\n**FEED-1** gap, as in **FEED-9**\n**LOG-1** again';
  const text =
    "describe('LOG-1: no holes', () => { it('LOG-7 is SHA-256', go); it.each([1])('FEED-1 at %s', go); });";
  const told = tell(checkRules(spec, [{ path: 'main/hub/a.test.ts', text }]));
  expect(told.join('\n')).toContain('LOG-1 is given twice');
  expect(told.join('\n')).toContain('LOG-2 is named by no test');
  expect(told.join('\n')).toContain('main/hub/a.test.ts:1: names LOG-7');
  expect(told).toHaveLength(3);
});

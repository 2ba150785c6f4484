import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sayIssue } from './say-issue.ts';

const schema = z.strictObject({
  title: z.string().min(1).max(5).optional(),
  everyMs: z.number().int().min(60_000).max(86_400_000).optional(),
  files: z.array(z.string()).max(2).optional(),
  priority: z.enum(['high', 'low']).optional(),
  n: z.union([z.number(), z.boolean()]).optional(),
  own: z
    .string()
    .refine((text) => text === 'x', 'has to be x')
    .optional(),
});

function said(data: unknown): string {
  const { error } = schema.safeParse(data);
  const issue = error?.issues[0];
  return issue === undefined ? 'nothing' : sayIssue(issue, data);
}

describe('what is wrong is said with what was expected and what was found', () => {
  it.each<[unknown, string]>([
    [{ title: '' }, 'is empty'],
    [{ title: 'longer' }, 'expected at most 5 characters, found 6'],
    [{ title: 7 }, 'expected text, found 7'],
    [{ everyMs: 1000 }, 'expected at least 1 minute, found 1 second'],
    [{ everyMs: 90_000_000 }, 'expected at most 1 day, found 25 hours'],
    [{ everyMs: 60_000.5 }, 'expected a whole number, found 60000.5'],
    [{ files: ['a', 'b', 'c'] }, 'expected at most 2 entries, found 3'],
    [{ priority: 'urgent' }, 'expected one of "high", "low", found "urgent"'],
    [{ n: 'x' }, 'expected a number or true or false, found "x"'],
    [{ own: 'y' }, 'has to be x'],
    [{ prio: 1 }, 'there is no field "prio"'],
    ['text', 'expected an object, found "text"'],
    [{ title: ['x'.repeat(99)] }, `expected text, found ["${'x'.repeat(58)}…`],
  ])('%j', (data, expected) => {
    expect(said(data)).toBe(expected);
  });

  it('what is nested without end is still said', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    expect(said({ title: deep })).toBe('expected text, found a list');
  });

  it('what is not there is missing', () => {
    const { error } = z.object({ a: z.string() }).safeParse({});
    expect(error?.issues.map((issue) => sayIssue(issue, {}))).toEqual(['is missing']);
  });
});

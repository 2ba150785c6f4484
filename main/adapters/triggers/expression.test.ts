import { describe, expect, it } from 'vitest';
import { checkExpression, compileExpression, faultOf } from './expression.ts';

const plain = {
  event: { seq: 7, type: 'story.moved', actor: 'agent:a', via: '', atMs: 5, causeId: 'c' },
  data: {
    transition: 'fail',
    n: 3,
    place: { stage: 'qa' },
    tags: ['x', 'yy'],
    flag: true,
    none: null,
  },
  ...{ story: 's-1', agent: 'a', stage: 'qa', paths: ['src/a.ts', 'docs/b.md'] },
};

it.each<[string, boolean]>([
  ['true', true],
  ['data.transition == "fail"', true],
  ['data.n > 2 && data.n <= 3', true],
  ['data.n == 3', true],
  ['event.seq == 7', true],
  ['event.type.startsWith("story.")', true],
  ['event.actor == "operator" || agent == "a"', true],
  ['data.place.stage in ["qa", "merge"]', true],
  ['size(paths) > 1 && paths.exists(p, p.endsWith(".md"))', true],
  ['paths.all(p, p.startsWith("src/"))', false],
  ['data.tags.filter(t, size(t) > 1).size() == 1', true],
  ['has(data.missing) && data.missing == 1', false],
  ['has(data.place.stage)', true],
  ['data.none == null', true],
  ['data.flag', true],
  ['story == "s-1" ? stage == "qa" : false', true],
  ['data.transition.matches("^f.*l$")', true],
])('%s: %s', (text, fits) => {
  expect(checkExpression(text)).toBeUndefined();
  expect(compileExpression(text)(plain)).toBe(fits);
});

describe('what cannot be read says where, what was found and why', () => {
  it.each<[string, { line?: number; column: number; found: string }]>([
    ['data.n >', { column: 9, found: 'its end' }],
    ['data.n > 1 &&& true', { column: 14, found: '"& true"' }],
    ['true &&\n  stroy == "x"', { line: 2, column: 3, found: '"stroy == "x""' }],
    ['"open', { column: 1, found: '""open"' }],
    ['story + 1 == 2', { column: 1, found: '"story + 1 == 2"' }],
    ['size(paths)', { column: 1, found: '"size(paths)"' }],
    ['unknown(1)', { column: 1, found: '"unknown(1)"' }],
  ])('%j', (text, { line = 1, ...place }) => {
    expect(checkExpression(text)).toMatchObject({ line, ...place });
  });
});

describe('hostile ones are refused, or say nothing of what they should not', () => {
  it.each([
    `${'('.repeat(400)}true${')'.repeat(400)}`,
    `${'!'.repeat(900)}true`,
    `true${' && true'.repeat(120)}${'['.repeat(100)}`,
    `[${'1,'.repeat(200)}1].size() > 0`,
    `${'data'}${'.x'.repeat(480)} == 1`,
  ])('%.30s…', (text) => {
    expect(checkExpression(text)).toBeDefined();
  });

  it.each([
    'data.constructor == null',
    'data.__proto__ == null',
    'event.toString == null',
    'data["constructor"]["constructor"] == null',
    'data.place.hasOwnProperty == null',
    'story.constructor == null',
    'paths.length == 2',
  ])('%s finds nothing', (text) => {
    const run = () => compileExpression(text)(plain) as unknown;
    let said: unknown;
    try {
      said = run();
    } catch (error) {
      said = faultOf(error);
    }
    expect(said).toEqual(expect.any(String));
  });

  it('none can write', () => {
    for (const text of ['data.n = 4', 'delete data.n', 'data.tags.push("z")', 'globalThis == null'])
      expect(checkExpression(text)).toBeDefined();
  });
});

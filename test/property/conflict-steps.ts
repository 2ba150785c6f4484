// What can be said and seen of intents and conflicts: over few files, so that they meet.

import fc from 'fast-check';
import type { Actor } from '../../preload/contract/envelope.ts';
import { agent, command, name, operator, text } from './command-step.ts';

const path = fc.constantFrom(
  'x',
  'src/a.ts',
  'src/b.ts',
  'src/',
  'src/*.ts',
  '**/*.md',
  'docs/a.md',
);
const region = fc.constantFrom(
  { kind: 'range', startLine: 1, endLine: 5 },
  { kind: 'range', startLine: 4, endLine: 9 },
  { kind: 'function', name: 'go' },
  { kind: 'class', name: 'Go' },
);
const file = fc.oneof(
  { weight: 3, arbitrary: path },
  {
    weight: 1,
    arbitrary: fc.record({ path, regions: fc.array(region, { minLength: 1, maxLength: 2 }) }),
  },
);
const pair = fc.constantFrom(['a', 'b'], ['b', 'a'], ['b', 'c'], ['a', 'constructor']);
const system = fc.constant<Actor>('system');

export const declaring = command(
  agent,
  ['intent.declare'],
  fc.record({
    summary: fc.constant('work'),
    files: fc.array(file, { minLength: 1, maxLength: 3 }),
    forMs: fc.constantFrom(2_000, 60_000, 900_000, 900_000),
    exclusive: fc.boolean(),
  }),
);

export const conflictCommands = [
  declaring,
  command(agent, ['intent.release'], fc.constant({})),
  command(
    operator,
    ['intent.steal'],
    fc.record(
      { from: name, to: name, files: fc.array(path, { minLength: 1, maxLength: 2 }), reason: text },
      { requiredKeys: ['from', 'reason'] },
    ),
  ),
  command(
    system,
    ['conflict.seen', 'conflict.gone'],
    fc.record({
      ...{
        kind: fc.constantFrom('in-flight'),
        agents: pair,
        why: fc.constantFrom('gone', 'merged'),
      },
      files: fc.subarray([
        { path: 'x', reason: 'content' },
        { path: 'docs/a.md', reason: 'both-added' },
      ]),
      fileCount: fc.constantFrom(1, 2),
    }),
  ),
  command(operator, ['conflict.order', 'conflict.dismiss'], fc.record({ first: name })),
];

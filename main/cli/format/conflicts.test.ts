import { expect, it } from 'vitest';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import type { IntentRecord } from '../../../preload/contract/intents.ts';
import type { TargetRecord } from '../../../preload/contract/targets.ts';
import { targetFormats } from './commits.ts';
import { conflictFormats } from './conflicts.ts';
import { intentFormats } from './intents.ts';
import { noStyle } from './view.ts';

const view = { nowMs: 600_000, style: noStyle, width: 96 };

function conflict(id: string, agents: [string, string], over: Partial<ConflictRecord> = {}) {
  return {
    ...{ id, kind: 'in-flight', agents, severity: 'medium', files: [], fileCount: 1 },
    ...{ order: agents, orderedBy: 'hub', sinceMs: 0, changedMs: 0, seq: 1 },
    ...over,
  } satisfies ConflictRecord as ConflictRecord;
}

it('conflicts are a row each, and one more for each file; nothing is cut', () => {
  const spot = { start: 12, end: 18 };
  const files: ConflictRecord['files'] = [
    { path: 'src/limits/table.ts', reason: 'content', ranges: [[spot], [spot]] },
    { path: 'logo.png', reason: 'binary' },
  ];
  const conflicts = [
    conflict('c-1', ['backend', 'docs'], { files, fileCount: 3, severity: 'high' }),
    conflict('c-2', ['refs/heads/main', 'docs'], { files: files.slice(1) }),
  ];
  expect(conflictFormats['conflict.list']({ conflicts }, view)).toBe(
    [
      'ID   WEIGHT  KIND         BETWEEN        MERGE FIRST  AGE      WHERE',
      'c-1  high    in-flight    backend, docs  backend      10m ago  src/limits/table.ts (the same',
      '                                                               lines, lines: backend 12-18; docs',
      '                                                               12-18)',
      '                                                               logo.png (binary)',
      '                                                               and 1 more',
      'c-2  medium  with target  main, docs     -            10m ago  logo.png (binary)',
    ].join('\n'),
  );
});

it('intents and targets are rows too, with what belongs to one below it', () => {
  const intent: IntentRecord = {
    ...{ agent: 'docs', summary: 'all pages', files: ['docs/', 'README.md'], exclusive: true },
    ...{ declaredMs: 0, untilMs: 660_000, seq: 1 },
  };
  const target: TargetRecord = {
    ...{ target: 'main', commit: 'a'.repeat(40) },
    alarm: {
      ...{ from: 'a'.repeat(40), to: 'b'.repeat(40), added: 2, removed: 0, sinceMs: 0 },
      ...{ moves: [], checkouts: [] },
    },
  };
  const left = { keptRef: 'refs/musher/targets/next/1', atMs: 0 };
  const targets = [target, { target: 'next', commit: 'c'.repeat(40), left }];
  expect(intentFormats['intent.list']({ intents: [intent] }, view)).toBe(
    [
      'AGENT  HOW      SINCE    ENDS   WHAT',
      'docs   claimed  10m ago  in 1m  all pages',
      '                                docs/',
      '                                README.md',
    ].join('\n'),
  );
  expect(targetFormats['target.list']({ targets }, { ...view, width: undefined })).toBe(
    [
      'TARGET  AT            STATE  SINCE    WHAT',
      'main    bbbbbbbbbbbb  moved  10m ago  was at aaaaaaaaaaaa: 2 added, 0 taken away',
      '                                      musher target accept main: it may stay; musher target restore main: back to where it was',
      'next    cccccccccccc  ok     10m ago  moved back; what it left is at refs/musher/targets/next/1',
    ].join('\n'),
  );
});

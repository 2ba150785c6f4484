import { expect, it } from 'vitest';
import { fileNameOf } from './file-names.ts';
import { partBytes, projectBytes, projectFiles, terminalBytes } from './limits.ts';
import { expiredFiles } from './retention.ts';

const stored = (name: string, part: number, changedMs: number) => ({
  file: fileNameOf({ name, startMs: 1, part }),
  sizeBytes: partBytes,
  changedMs,
});
const next = { name: 'a.1', startMs: 1, part: 99 };
const range = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

it('what has room stays', () => {
  expect(
    expiredFiles(
      range(7).map((part) => stored('a.1', part, part)),
      next,
    ),
  ).toEqual([]);
});

it('the oldest of a terminal go when it has more than its share', () => {
  const files = range(9).map((part) => stored('a.1', part, part));
  expect(terminalBytes / partBytes).toBe(8);
  expect(expiredFiles(files, next)).toEqual(files.slice(0, 2).map(({ file }) => file));
});

it('another recording of the same name has a share of its own', () => {
  const old = range(8).map((part) => ({
    ...stored('a.1', part, part),
    file: `a.1.0.000${part}.cast`,
  }));
  expect(expiredFiles(old, next)).toEqual([]);
});

it('of a project the oldest go, and the newest of each terminal last', () => {
  const most = projectBytes / partBytes;
  const idle = stored('idle.1', 1, 0);
  const busy = range(most).map((part) => stored(`b-${part % 40}.1`, part, part));
  expect(expiredFiles([idle, ...busy], next)).toEqual(busy.slice(0, 2).map(({ file }) => file));
  const alone = range(most + 1).map((at) => stored(`c-${at}.1`, 1, at));
  expect(expiredFiles(alone, next)).toEqual(alone.slice(0, 2).map(({ file }) => file));
});

it('many small files go as well', () => {
  const files = range(projectFiles).map((at) => ({
    ...stored(`c-${at}.1`, 1, at),
    sizeBytes: 100,
  }));
  expect(expiredFiles(files, next)).toEqual([files[0]?.file]);
});

it('strange files are left alone', () => {
  const strange = { file: 'mine.cast', sizeBytes: projectBytes * 2, changedMs: 0 };
  expect(expiredFiles([strange], next)).toEqual([]);
});

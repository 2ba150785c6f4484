import { expect, it } from 'vitest';
import { toPatch } from './to-patch.ts';

it('each line is one that is added, and a last one without its end is said', () => {
  expect(toPatch('a/b c.txt', 'one\n\nthree')).toEqual({
    patch:
      'diff --git a/a/b c.txt b/a/b c.txt\nnew file mode 100644\nindex 0000000..0000001\n--- /dev/null\n+++ b/a/b c.txt\n@@ -0,0 +1,3 @@\n+one\n+\n+three\n\\ No newline at end of file\n',
    additions: 3,
  });
  expect(toPatch('a', 'one\n').patch.endsWith('@@ -0,0 +1,1 @@\n+one\n')).toBe(true);
});

it('a name cannot end its line, nor a text begin another file', () => {
  const { patch } = toPatch('a\n+++ b/"x\\', 'diff --git a/x b/x\n--- a/x\n');
  expect(patch.split('\n').filter((line) => /^(diff|---|\+\+\+) /.test(line))).toEqual([
    String.raw`diff --git "a/a\012+++ b/\"x\\" "b/a\012+++ b/\"x\\"`,
    '--- /dev/null',
    String.raw`+++ "b/a\012+++ b/\"x\\"`,
  ]);
});

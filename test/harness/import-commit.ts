// A commit as `git fast-import` takes it: one process, where a worktree to make it in takes five.

import type { Files, FileSpec } from './repositories.ts';

/** Author and dates of all commits that tests make. */
export const fixedDate = '2026-01-02T03:04:05Z';
const who = `Ann <ann@example.com> ${Date.parse(fixedDate) / 1000} +0000`;

/** It answers with the commit's id. */
export function importOf(made: {
  ref: string;
  start: string;
  message: string;
  files: Files;
}): Buffer {
  const changes = Object.entries(made.files).map(([path, spec]) => importLine(path, spec));
  return Buffer.concat([
    Buffer.from(`commit ${made.ref}\nmark :1\ncommitter ${who}\n`),
    dataOf(`${made.message}\n`),
    Buffer.from(`from ${made.start}\n`),
    ...changes,
    Buffer.from('\nget-mark :1\n'),
  ]);
}

function importLine(path: string, spec: FileSpec): Buffer {
  const name = JSON.stringify(path);
  if (spec === null) return Buffer.from(`D ${name}\n`);
  const [mode, content] =
    typeof spec === 'string' || Buffer.isBuffer(spec)
      ? ['100644', spec]
      : 'link' in spec
        ? ['120000', spec.link]
        : ['100755', spec.run];
  return Buffer.concat([Buffer.from(`M ${mode} inline ${name}\n`), dataOf(content)]);
}

function dataOf(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

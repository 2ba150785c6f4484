/** A whole file as the patch that would add it, so that the viewer of diffs shows it. Pure. */

export interface FilePatch {
  readonly patch: string;
  readonly additions: number;
}

export function toPatch(path: string, text: string): FilePatch {
  const endsLine = text.endsWith('\n');
  const lines = (endsLine ? text.slice(0, -1) : text).split('\n');
  const name = quoted(`b/${path}`);
  const patch = [
    `diff --git ${quoted(`a/${path}`)} ${name}`,
    'new file mode 100644',
    'index 0000000..0000001',
    '--- /dev/null',
    `+++ ${name}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    ...(endsLine ? [] : ['\\ No newline at end of file']),
    '',
  ].join('\n');
  return { patch, additions: lines.length };
}

/** As git writes a name that would end its line, or look like the end of a name. */
function quoted(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what has to be written otherwise
  if (!/["\\\u0000-\u001f\u007f]/.test(name)) return name;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what has to be written otherwise
  const safe = name.replace(/["\\\u0000-\u001f\u007f]/g, (char) =>
    char === '"' || char === '\\'
      ? `\\${char}`
      : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${safe}"`;
}

/** Where a thread's own file is: beside the one that starts it in the source; built, an entry of its own above the chunks. */

/** `entry`: without its ending, such as `reader-worker`; `here`: `import.meta.url` of the file that starts it. */
export function threadEntry(entry: string, here: string): URL {
  if (here.endsWith('.ts')) return new URL(`${entry}.ts`, here);
  return new URL(here.includes('/chunks/') ? `../${entry}.js` : `${entry}.js`, here);
}

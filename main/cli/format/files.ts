import type { Formatters } from './formatter.ts';
import { oneLine } from './plain-text.ts';

/** One on each line, for other programs too: all of it is a path from the root of the repository. */
export const fileFormats = {
  'file.find': ({ files, total }) => {
    if (files.length === 0) return 'No tracked file is called so.';
    const more = total - files.length;
    return [...files.map(oneLine), ...(more > 0 ? [`${more} more: --limit shows them.`] : [])].join(
      '\n',
    );
  },
} satisfies Formatters;

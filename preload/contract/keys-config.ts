/** Keys of the page as `[keys]` in the user's own config.toml has them: by the name of what they do. */
import { z } from 'zod';
import { isKeys } from './keys.ts';

export const keysConfig = z
  .record(
    z.string().regex(/^[a-z]+\.[a-z0-9-]{1,40}$/, 'expected a name such as review.approve'),
    z
      .string()
      .max(60)
      .refine(isKeys, {
        error: ({ input }) =>
          `expected keys such as "a", "Shift+a", "Mod+K" or "g i", found ${JSON.stringify(input)}`,
      }),
  )
  .meta({ ownOnly: true })
  .default({})
  .describe(
    'Keys of the page by what they do: "review.approve" = "y". Mod is Control, on a Mac Command; a blank stands between keys that are pressed one after the other. `?` on the page lists the names and changes them. Only your own config file is asked for it. Default: as `?` shows them',
  );

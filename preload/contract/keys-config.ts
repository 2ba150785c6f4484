/** Keys of the page as `[keys]` in the user's own config.toml has them: by the name of what they do. */
import { z } from 'zod';

/** Named keys; all others are one sign. `Enter`, `Escape`, `Tab` and `Backspace` are what dialogs and fields live by. */
export const namedKeys = [
  ...['Space', 'Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ...['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F11', 'F12'],
] as const;

const chord = `(?:(?:Mod|Alt|Shift)\\+)*(?:${namedKeys.join('|')}|Enter|[^\\s+]|\\+)`;
const keysPattern = new RegExp(`^${chord}(?: ${chord})?$`, 'u');

export function isKeys(keys: string): boolean {
  return keysPattern.test(keys);
}

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

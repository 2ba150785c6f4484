/** The end of a screen as a few lines to read at a glance. Pure. */
import { toPlainText } from '../../../ui/plain-text.ts';

/** The last lines that say something: frames, rules and blank lines are left out, and so are borders around a line. */
export function tailOf(screen: string, most: number): readonly string[] {
  return screen
    .split('\n')
    .map((line) => toPlainText(line).replace(/^[\s│┃|╎]+(?=\S)|[\s│┃|╎]+$/g, ''))
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .slice(-most);
}

/** How keys are written: `a`, `Shift+a`, `Mod+K`, and `g i` for one after the other. Pure. */

/** Named keys; all others are one sign. `Escape`, `Tab` and `Backspace` are what dialogs and fields live by. */
const named = [
  ...['Space', 'Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown', 'Enter'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'F[1-9]', 'F1[0-2]'],
];

const chord = `(?:(?:Mod|Alt|Shift)\\+)*(?:${named.join('|')}|[^\\s+]|\\+)`;
const pattern = new RegExp(`^${chord}(?: ${chord})?$`, 'u');

export function isKeys(keys: string): boolean {
  return pattern.test(keys);
}

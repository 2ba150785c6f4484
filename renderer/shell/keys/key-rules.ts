/** Which keys something can have, and why not others. Pure. */
import { isKeys } from '../../../preload/contract/keys.ts';
import type { KeyPress } from '../../ui/shortcut.ts';
import type { KeyAction, KeyChoices, KeyGroup } from './key-actions.ts';

const letters = (all: string, before = 'Mod') => [...all].map((letter) => `${before}+${letter}`);

/** Never reach the page, or would be missed there. */
const taken: ReadonlyArray<readonly [reason: string, keys: readonly string[]]> = [
  ['Browsers keep it for their own windows and tabs', [...letters('NTWQ'), 'Mod+Tab', 'Mod+F4']],
  ['Browsers keep it for their own windows and tabs', letters('NTWQ', 'Mod+Shift')],
  [
    'The system closes or hides windows with it',
    ['Alt+F4', 'Alt+Space', 'Alt+Tab', 'F11', 'Mod+Space'],
  ],
  ['Text is copied, pasted and undone with it', letters('CVXAZY')],
  ['It opens the tools of the browser', ['F12', ...letters('IJC', 'Mod+Shift')]],
  ['The desktop app opens, hides and closes windows with it', [...letters('OMH'), 'Mod+,']],
  ['The desktop app opens, hides and closes windows with it', letters('OM', 'Mod+Shift')],
  ['It reloads the page', ['F5', 'Mod+R', 'Mod+Shift+R']],
  ['It makes the page larger and smaller', ['Mod+=', 'Mod+-', 'Mod+0', 'Mod++']],
];

/** Why it cannot have these keys; undefined where it can. */
export function whyNot(keys: string, action: Pick<KeyAction, 'keys'>): string | undefined {
  const chords = keys.split(' ');
  for (const chord of chords) {
    const bare = chord.split('+').at(-1) ?? '';
    if (/^(Enter|Escape|Tab|Backspace)$/.test(bare) && chord !== 'Mod+Enter')
      return `${bare} is what dialogs, fields and lists live by`;
    const reason = taken.find(([, all]) => all.some((one) => isSame(one, chord)))?.[0];
    if (reason !== undefined) return reason;
  }
  if (!isKeys(keys)) return 'That is no key, or more than two after each other';
  const needsModifier = /(^|\+)(Mod)\+/.test(action.keys);
  const [first = ''] = chords;
  if (needsModifier && (chords.length > 1 || !/^((Mod|Alt)\+|F\d)/.test(first)))
    return 'It works while you type: it needs Control, or Command on a Mac, or a function key';
  if (/^Mod\+Shift\+/.test(action.keys) && !/^Mod\+Shift\+/.test(first))
    return 'It works in terminals: without Control and Shift, programs in them would miss the key';
  if (chords.length > 1 && chords.some((chord) => /^(Mod|Alt)\+/.test(chord)))
    return 'Of keys after each other none is held together with another';
  return undefined;
}

/** Those that can be, and of the others why not: they are not used. */
export function sortChoices(
  groups: readonly KeyGroup[],
  choices: KeyChoices,
): { good: KeyChoices; refused: readonly string[] } {
  const actions = new Map(
    groups.flatMap(({ actions: all }) => all).flatMap((one) => (one.name ? [[one.name, one]] : [])),
  );
  const good: Record<string, string> = {};
  const refused: string[] = [];
  for (const [name, keys] of Object.entries(choices)) {
    const action = actions.get(name);
    const reason = action ? whyNot(keys, action) : 'there is nothing of that name';
    if (reason === undefined) good[name] = keys;
    else refused.push(`${name} = "${keys}": ${reason}.`);
  }
  return { good, refused };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The press as it is written; undefined for what is held alone, and for signs that no keyboard has by itself. */
export function toChord(press: KeyPress, mac: boolean): string | undefined {
  if (/^(Control|Shift|Alt|Meta|AltGraph|Dead|Process|Unidentified|CapsLock)$/.test(press.key))
    return undefined;
  const key = press.key === ' ' ? 'Space' : press.key;
  const isMod = mac ? press.metaKey : press.ctrlKey;
  const isLetter = /^[a-z]$/i.test(key);
  // `?` and `+` already say Shift.
  const saysShift = key.length === 1 && !isLetter && !/\d/.test(key);
  const shown = isLetter ? (isMod ? key.toUpperCase() : key.toLowerCase()) : key;
  return [
    ...(isMod ? ['Mod'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey && !saysShift ? ['Shift'] : []),
    shown,
  ].join('+');
}

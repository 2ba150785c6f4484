/** A change as the log notes it: without what may be secret, and not at any length. Pure. */
import { settings as contract } from '../../../preload/contract/settings.ts';
import type { SettingChanged } from '../../../preload/contract/settings-fields.ts';
import { newEvent } from '../../hub/feature.ts';
import { looksSecret } from './secret-looking.ts';

type Noted = Pick<SettingChanged, 'in' | 'path' | 'key' | 'from' | 'to'>;

export function changedEvent({ in: origin, path, key, from, to }: Noted) {
  const values = isHidden({ key, from, to })
    ? {}
    : { ...(from !== undefined && { from: cut(from) }), ...(to !== undefined && { to: cut(to) }) };
  return newEvent(contract, 'settings.changed', { in: origin, path, key, ...values });
}

/** In the environment of a program there may be tokens: their values are no matter of the log. Rows have one. */
function isSecret(key: string): boolean {
  return /\.env(\.|$)/.test(key) || /^(profiles|gates)\.[^.]+$/.test(key);
}

/** One of the two values, each as JSON, is for nobody who reads what is kept. */
export function isHidden({ key, from, to }: Pick<SettingChanged, 'key' | 'from' | 'to'>): boolean {
  return (
    isSecret(key) || [from, to].some((text) => text !== undefined && looksSecret(JSON.parse(text)))
  );
}

const shownChars = 300;

function cut(text: string): string {
  return text.length <= shownChars ? text : `${text.slice(0, shownChars - 1)}…`;
}

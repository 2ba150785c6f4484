/** A change as the log notes it: without what may be secret, and not at any length. Pure. */
import { settings as contract } from '../../../preload/contract/settings.ts';
import type { SettingChanged } from '../../../preload/contract/settings-fields.ts';
import { newEvent } from '../../hub/feature.ts';

type Noted = Pick<SettingChanged, 'in' | 'path' | 'key' | 'from' | 'to'>;

export function changedEvent({ in: origin, path, key, from, to }: Noted) {
  const values = isSecret(key)
    ? {}
    : { ...(from !== undefined && { from: cut(from) }), ...(to !== undefined && { to: cut(to) }) };
  return newEvent(contract, 'settings.changed', { in: origin, path, key, ...values });
}

/** In the environment of a program there may be tokens: their values are no matter of the log. Rows have one. */
export function isSecret(key: string): boolean {
  return /\.env(\.|$)/.test(key) || /^(profiles|gates)\.[^.]+$/.test(key);
}

const shownChars = 300;

function cut(text: string): string {
  return text.length <= shownChars ? text : `${text.slice(0, shownChars - 1)}…`;
}

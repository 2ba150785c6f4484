/** Errors of settings. */
import { failed, row } from './row.ts';

export const settingsErrors = {
  SETTING_UNKNOWN: row(
    404,
    'There is no setting "{key}": {hint}.',
    'See `musher settings` for all of them. Nothing was changed.',
  ),
  SETTING_INVALID: row(
    400,
    '{key} cannot be {value}: {problem}',
    'Nothing was changed. `musher settings get {of}` says what it takes.',
  ),
  SETTING_OWN: row(
    409,
    '{key} in {file} would count for nothing: only your own file is asked for it.',
    'Nothing was changed. Set it in your own: `--in user`.',
  ),
  SETTING_ABSENT: row(
    409,
    '{file} does not say {key}.',
    'Nothing to do; `musher settings get {key}` says where its value comes from.',
  ),
  SETTINGS_BAD: row(
    409,
    '{file} has problems already, so it is not changed: {problems}',
    'Mend it in your editor, or take the wrong key away with `musher settings unset`. Nothing was changed.',
  ),
  SETTINGS_DOCUMENT: row(
    400,
    'The document cannot be taken over: {reason}.',
    'Nothing was changed. Take one that `musher settings export` made.',
  ),
  SETTINGS_SPELLING: row(
    409,
    '{file} cannot be changed there: {reason}.',
    'Change it in your editor. Nothing was changed.',
  ),
  SETTINGS_MOVED: row(
    409,
    '{file} was changed by somebody else at the same moment.',
    'Nothing was changed. Look at what it says now, then ask again.',
  ),
  SETTINGS_FILE: failed(
    409,
    '{file} cannot be changed: {reason}.',
    'Nothing was changed. Mend that, then ask again; the file has to be a plain one that you may write.',
  ),
} as const;

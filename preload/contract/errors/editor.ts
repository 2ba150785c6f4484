/** Errors of the editor. */
import { row } from './row.ts';

export const editorErrors = {
  EDITOR_NONE: row(
    409,
    'No editor is set.',
    'Set `command` under [editor] in your own config.toml; `musher settings` names the file and shows how.',
  ),
  EDITOR_MISSING: row(
    409,
    'The editor "{program}" was not found.',
    'Install it, or name another under [editor] in your own config.toml.',
  ),
  EDITOR_FILE_UNKNOWN: row(
    404,
    'There is no file {path} in {folder}.',
    'Name a file from the root of that worktree; links that lead out of it are not followed.',
  ),
} as const;

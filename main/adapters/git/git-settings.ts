/**
 * What every git that Musher starts runs with, whatever the user, the repository or the calling shell set.
 * An agent can write the repository's configuration, so nothing here may be left to it that decides what the
 * operator is shown, or that runs a program of its choice in the middle of our work.
 */
import { devNull } from 'node:os';

/** Ambient git settings that say where the user's own configuration is; everything else of GIT_* is dropped. */
const inherited = new Set([
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_EXEC_PATH',
]);

/** Not GIT_*, yet git obeys them, and simple-git refuses to pass them on. */
const guarded = new Set(['EDITOR', 'VISUAL', 'PAGER', 'PREFIX', 'SSH_ASKPASS']);

const fixed: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  LANGUAGE: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_EDITOR: 'true',
  GIT_SEQUENCE_EDITOR: 'true',
  GIT_MERGE_AUTOEDIT: 'no',
  // A replace ref or a graft would show one commit and merge another.
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: devNull,
};

/** Given as `-c` to every command. */
export const fixedConfig: readonly string[] = [
  'core.quotePath=false',
  // Neither a hook nor a file-system daemon may fail, block or outlive what Musher does.
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'commit.gpgSign=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'advice.detachedHead=false',
  'advice.addEmbeddedRepo=false',
  'core.safecrlf=false',
  'i18n.commitEncoding=UTF-8',
  'i18n.logOutputEncoding=UTF-8',
  'merge.renames=true',
  'merge.directoryRenames=conflict',
  'merge.renormalize=false',
  // The operator and the agents run git beside us: wait for their short locks instead of failing.
  'core.filesRefLockTimeout=5000',
  'core.packedRefsTimeout=5000',
];

/** The inherited environment without what would lead git elsewhere, the fixed part, and what one call adds. */
export function gitEnvironment(
  ambient: Readonly<Record<string, string | undefined>>,
  added: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(ambient)) {
    if (value !== undefined && isHarmless(name.toUpperCase())) env[name] = value;
  }
  return { ...env, ...fixed, ...added };
}

function isHarmless(name: string): boolean {
  if (name.startsWith('GIT_')) return inherited.has(name);
  return !guarded.has(name);
}

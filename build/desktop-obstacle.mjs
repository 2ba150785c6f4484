// Why this machine cannot show a window, if so. Only Linux can lack what Electron needs.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { fromRoot } from './paths.mjs';

/** One clause that begins a sentence, or undefined when nothing is in the way. */
export function findDesktopObstacle() {
  if (process.platform !== 'linux') return undefined;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  // Electron ends at once where neither of its two sandboxes may run. To switch the sandbox off
  // is not ours to decide, except for root, where there is none to lose.
  if (process.getuid?.() !== 0 && isNamespaceForbidden() && !isHelperSetuid()) {
    return 'this kernel lets no program make the sandbox that Electron needs';
  }
  return undefined;
}

function isNamespaceForbidden() {
  return (
    readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    readSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0'
  );
}

function isHelperSetuid() {
  const helper = fromRoot('node_modules', 'electron', 'dist', 'chrome-sandbox');
  if (!existsSync(helper)) return false;
  const { mode, uid } = statSync(helper);
  return uid === 0 && (mode & 0o4000) !== 0;
}

/** @param {string} file */
function readSetting(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

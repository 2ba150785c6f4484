/** Why a tree is not seen by events, and what helps. */
import { reasonOf } from '../../base/result.ts';

export function blindnessOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC')
    return 'the system watches no more folders for this user: raise fs.inotify.max_user_watches (sysctl), for example to 1048576';
  if (code === 'EMFILE' || code === 'ENFILE')
    return 'this process may open no more files: raise its limit (ulimit -n, or fs.inotify.max_user_instances)';
  return `its folders cannot be watched: ${reasonOf(error)}`;
}

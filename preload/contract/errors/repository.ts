/** Repositories, git, ports and this machine. */
import { failed, row } from './row.ts';

export const repositoryErrors = {
  REPOSITORY_MISSING: row(
    404,
    'There is no folder {path}.',
    'Name the folder of a git repository: `musher serve --repo <folder>`.',
  ),
  REPOSITORY_INVALID: row(
    400,
    '{path} is not in a git repository.',
    'Run `git init` there, or name another folder with --repo.',
  ),
  REPOSITORY_BARE: row(
    400,
    '{path} is a bare repository; agents need one with a working tree.',
    'Clone it (`git clone {path}`) and open the clone.',
  ),
  REPOSITORY_EMPTY: row(
    400,
    '{path} has no commits yet, so no worktree can be made from it.',
    'Make a first commit: `git commit --allow-empty -m "start"`.',
  ),
  REPOSITORY_BUSY: row(
    409,
    'Another Musher (pid {pid}) has {path} open.',
    'Use that one, or stop it first.',
  ),
  REPOSITORY_OPEN_ELSEWHERE: row(
    409,
    'A Musher in the browser has {path} open, at {url}.',
    'Go on there, or stop it first.',
  ),
  DEMO_ALONE: row(
    409,
    'The demo shows its own repository and no other.',
    'Quit it, and open the folder then.',
  ),
  REPOSITORY_UNSAFE: row(
    403,
    'git does not trust {path}: another user owns it.',
    'If you trust what is in it, run `git config --global --add safe.directory {path}`.',
  ),
  GIT_MISSING: failed(
    503,
    'The program git was not found, or is older than 2.38.',
    'Install git 2.38 or newer and make sure it is on PATH.',
  ),
  GIT_FAILED: failed(
    502,
    'git {subcommand} failed: {reason}.',
    'Read what git says; the full output is in the log.',
  ),
  GIT_LOCKED: row(
    409,
    'Another git holds {lock}; git {subcommand} waited {seconds} s for it.',
    'Wait until it ends and try again. If no git runs there, it is left over: remove that file.',
  ),
  GIT_TIMEOUT: failed(
    504,
    'git {subcommand} did not end within {seconds} s.',
    'Check for a hanging hook, a lock file or a slow disk, then try again.',
  ),
  DISK_FAILED: failed(
    500,
    'The disk refused work on {path}: {reason}.',
    'Make room there, or mend what it says, and try again: what was begun is brought to its end.',
  ),
  LOG_DAMAGED: failed(
    500,
    'The log at {path} is damaged: {reason}.',
    'Keep a copy of that file; run `musher verify`, then restore it from a backup.',
  ),
  SEGMENT_MISSING: failed(
    503,
    'Events {first} to {last} are in {path}, which is not there.',
    'Put that file back where it was; `musher verify` then proves that it is the same.',
  ),
  PORT_TAKEN: row(
    409,
    'Port {port} is in use by another program.',
    'Stop that program, or choose another port with --port <n>.',
  ),
  PORT_SILENT: row(
    504,
    'Something listens on port {port} but does not answer.',
    'Find out what it is, or choose another port: `musher serve --port <n>`.',
  ),
  HUB_UNREACHABLE: row(
    503,
    'No Musher answers at {url}.',
    'Start it with `musher serve` or `npm start`, or set MUSHER_URL.',
  ),
  PORT_HAS_OTHER_REPOSITORY: row(
    409,
    'Musher at port {port} has {other} open, and does not take {path} from you.',
    'It is another user’s, or an older one. Choose another port: `musher serve --port <n>`.',
  ),
  RUNTIME_TOO_OLD: row(
    500,
    'This is Node {found}; Musher needs {expected} or newer.',
    'Install it from https://nodejs.org. Where you have the repository, `npm start` brings its own.',
  ),
  USAGE: row(400, '{reason}', 'See `musher {command} --help`.'),
} as const;

/**
 * Every error a caller can meet: one row each. `message` and `mend` are templates; `{name}` is filled from the
 * params. A code is for ever: one that is no longer used stays, marked retired.
 */
import { z } from 'zod';

export type ErrorLevel = 'debug' | 'info' | 'warn' | 'error';

export interface ErrorRow {
  /** HTTP status. */
  readonly status: number;
  /** Level it is logged at. */
  readonly level: ErrorLevel;
  /** Names the thing, what was expected and what was found. */
  readonly message: string;
  /** One sentence: what to do now. */
  readonly mend: string;
  readonly retired?: true;
}

/** A caller's mistake, or something they should know. */
function row(status: number, message: string, mend: string): ErrorRow {
  return { status, level: 'info', message, mend };
}

/** Somebody tried what they may not. */
function warned(status: number, message: string, mend: string): ErrorRow {
  return { status, level: 'warn', message, mend };
}

/** Something outside or inside failed. */
function failed(status: number, message: string, mend: string): ErrorRow {
  return { status, level: 'error', message, mend };
}

export const errorTable = {
  // Asking at all
  BAD_REQUEST: row(
    400,
    '{reason}',
    'Correct the request; `GET /v1` lists every route with its schema.',
  ),
  BODY_INVALID: row(
    400,
    'Field "{path}": {reason}.',
    'Correct that field; `musher {type} --help` shows what is expected.',
  ),
  COMMAND_ID_REUSED: row(
    409,
    'Command id "{id}" was already used for another command.',
    'Use a new id; the same id is only for a retry of the same command.',
  ),
  UNAUTHENTICATED: row(
    401,
    'No valid token came with the request.',
    'Send `Authorization: Bearer <token>`; agents have it in MUSHER_TOKEN, the operator in what `musher serve` printed.',
  ),
  FORBIDDEN: warned(
    403,
    '{actor} may not use {type}.',
    'Only {who} may; ask the operator instead.',
  ),
  HOST_REFUSED: warned(
    403,
    'Host "{host}" is not this server.',
    'Use the loopback address that `musher serve` printed.',
  ),
  ORIGIN_REFUSED: warned(
    403,
    'Origin "{origin}" may not call this server.',
    'Open Musher from the login link that `musher serve` prints.',
  ),
  LOGIN_CODE_INVALID: row(
    401,
    'This login link was used already or is too old.',
    'Copy the newest link from the terminal where `musher serve` runs; it prints a fresh one after each use.',
  ),
  NOT_FOUND: row(404, 'There is no route {route}.', '`GET /v1` lists every route.'),
  BODY_TOO_LARGE: row(
    413,
    'The body is larger than {limit} bytes.',
    'Send less; put large content into a file of the worktree and send its path.',
  ),
  CONTENT_TYPE_UNSUPPORTED: row(
    415,
    'Content type "{found}" is not supported.',
    'Send JSON with `Content-Type: application/json`.',
  ),
  RATE_LIMITED: warned(
    429,
    'More than {limit} requests in {windowSeconds} s from this token.',
    'Wait {retrySeconds} s; use a long poll (`waitMs`) instead of asking often.',
  ),
  SHUTTING_DOWN: row(
    503,
    'Musher is shutting down.',
    'Try again when it is back; nothing was changed.',
  ),
  STORE_FAILED: failed(
    503,
    'The log could not be written: {reason}.',
    'Free disk space or mend the disk of {path}, then try again; nothing was changed.',
  ),
  INTERNAL: failed(
    500,
    'A defect in Musher stopped this request ({reference}).',
    'Nothing was changed; please report it with that reference and the log.',
  ),

  // Repository
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
  GIT_MISSING: failed(
    503,
    'The program git was not found, or is older than 2.38.',
    'Install git 2.38 or newer and make sure it is on PATH.',
  ),
  GIT_FAILED: failed(
    502,
    'git {subcommand} failed: {reason}',
    'Read what git says; the full output is in the log.',
  ),
  GIT_TIMEOUT: failed(
    504,
    'git {subcommand} did not end within {seconds} s.',
    'Check for a hanging hook, a lock file or a slow disk, then try again.',
  ),
  LOG_DAMAGED: failed(
    500,
    'The log at {path} is damaged: {reason}.',
    'Keep a copy of that file; run `musher verify`, then restore it from a backup.',
  ),
  PORT_TAKEN: row(
    409,
    'Port {port} is in use by another program.',
    'Stop that program, or choose another port: `musher serve --port <n>`.',
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
    'Musher at port {port} has {other} open, not {path}.',
    'Choose another port: `musher serve --port <n>`.',
  ),
  RUNTIME_TOO_OLD: row(
    500,
    'This is Node {found}; Musher needs {expected} or newer.',
    'Start it by `npm start`, which brings its own Node.',
  ),
  USAGE: row(400, '{reason}', 'See `musher {command} --help`.'),

  // Agents
  AGENT_NAME_INVALID: row(
    400,
    'Agent name "{name}" is not usable as a folder and branch name: {reason}.',
    'Use 1 to 40 lower-case letters, digits and hyphens, for example "{suggestion}".',
  ),
  AGENT_EXISTS: row(
    409,
    'There is an agent "{agent}" already ({state}).',
    'Choose another name, for example "{suggestion}", or use that agent.',
  ),
  AGENT_UNKNOWN: row(404, 'There is no agent "{agent}".', 'Known agents: {known}.'),
  AGENT_NOT_IN_STATE: row(409, 'Agent "{agent}" is {state}; {command} needs {expected}.', '{hint}'),
  AGENT_LIMIT: row(
    409,
    'There are {limit} agents already, the limit.',
    'Destroy one that is no longer needed.',
  ),
  PROFILE_UNKNOWN: row(400, 'There is no profile "{profile}".', 'Use one of: {known}.'),
  PROFILE_NEEDS_COMMAND: row(
    400,
    'Profile "{profile}" needs a command.',
    'Add it after `--`, for example `musher agent add {agent} --profile {profile} -- node script.mjs`.',
  ),
  CLI_MISSING: row(424, 'The program "{program}" of profile "{profile}" is not on PATH.', '{hint}'),
  BRANCH_INVALID: row(
    400,
    '"{branch}" is not a valid branch name.',
    'Use a name that `git check-ref-format --branch` accepts, for example "{suggestion}".',
  ),
  BRANCH_CHECKED_OUT: row(
    409,
    'Branch "{branch}" is checked out already in {path}.',
    'Choose another branch, or switch that checkout to another one first.',
  ),
  BASE_UNKNOWN: row(
    400,
    'There is no commit, branch or tag "{base}" to start from.',
    'Use a branch, tag or commit of this repository; `git branch -a` lists branches.',
  ),
  WORKTREE_EXISTS: row(
    409,
    'The folder {path} exists already and is not this agent’s worktree.',
    'Move it away, or choose another agent name.',
  ),
  SNAPSHOT_FAILED: failed(
    500,
    'The files of {path} could not be snapshotted: {reason}.',
    'Nothing was removed. Mend the cause and try again.',
  ),
  SPAWN_FAILED: failed(
    500,
    'The program "{program}" could not be started: {reason}.',
    'Check that it can be run in {path}.',
  ),
  PROCESS_STUBBORN: failed(
    500,
    'The processes of agent "{agent}" did not end within {seconds} s.',
    'End process {pid} by hand, then stop the agent again.',
  ),
  TERMINAL_GONE: row(410, 'Agent "{agent}" has no running terminal.', 'Start the agent first.'),

  // Learnings
  FILE_FAILED: failed(
    500,
    'The file {file} could not be written: {reason}.',
    'Nothing of it was changed. Free disk space or mend its permissions, then note it again.',
  ),

  // Messages
  RECIPIENT_UNKNOWN: row(
    404,
    'There is no recipient "{to}".',
    'Send to "operator", "*" or one of: {known}.',
  ),
  RECIPIENT_SELF: row(400, '"{to}" is the sender itself.', 'Send to someone else.'),
  INBOX_FORBIDDEN: warned(
    403,
    '{actor} may not read the inbox of "{agent}".',
    'Read your own: leave the agent out.',
  ),
  ACK_BEYOND: row(
    400,
    'Cannot ack up to {upTo}: the log ends at {head}.',
    'Ack the cursor that `inbox.read` returned.',
  ),

  // Questions
  QUESTION_UNKNOWN: row(404, 'There is no question "{question}".', 'Open questions: {known}.'),
  QUESTION_SETTLED: row(
    409,
    'Question "{question}" is {state} already (by {by}).',
    'Nothing to do; ask again if it matters.',
  ),
  QUESTION_NOT_YOURS: warned(
    403,
    '{actor} may not {verb} question "{question}"; it is for {to}.',
    'Only {allowed} may.',
  ),
  QUESTION_LIMIT: row(
    409,
    'Agent "{agent}" has {limit} open questions already, the limit.',
    'Wait for answers, or cancel one with `musher question cancel`.',
  ),
  QUESTION_TO_SELF: row(
    400,
    'Agent "{agent}" cannot ask itself.',
    'Ask "operator" or another agent.',
  ),
  CHOICE_UNKNOWN: row(
    400,
    '"{choice}" is not one of the options: {options}.',
    'Choose one of them, or answer in free text.',
  ),
  CHOICE_COUNT: row(400, 'Question "{question}" takes one choice, found {count}.', 'Choose one.'),
  ANSWER_EMPTY: row(
    400,
    'The answer to "{question}" is empty.',
    'Choose an option or write a text.',
  ),

  // Approvals
  APPROVAL_UNKNOWN: row(404, 'There is no approval "{approval}".', 'Pending approvals: {known}.'),
  APPROVAL_NOT_PENDING: row(409, 'Approval "{approval}" is {state} already.', '{hint}'),
  APPROVAL_NOT_YOURS: warned(
    403,
    'Approval "{approval}" is of agent "{agent}", not of {actor}.',
    'Only that agent or the operator may.',
  ),
  APPROVAL_MOVED: warned(
    409,
    'Approval "{approval}" is for {what} {expected}, not {found}.',
    'Look at it again, then approve what you see.',
  ),
  COMMIT_UNKNOWN: row(
    404,
    'There is no commit {commit} in this repository.',
    'Commit first, then send what `git rev-parse HEAD` prints.',
  ),
  COMMIT_AMBIGUOUS: row(
    400,
    'Commit id {commit} fits more than one commit.',
    'Send the full id: `git rev-parse HEAD`.',
  ),
  COMMIT_NOT_YOURS: warned(
    403,
    'Commit {commit} is not on branch "{branch}" of agent "{agent}".',
    'Ask for a commit of your own branch: `git rev-parse HEAD` in your worktree.',
  ),
  COMMIT_ON_TARGET: row(
    409,
    'Commit {commit} is on "{target}" already.',
    'Nothing to merge; commit something new first.',
  ),
  COMMIT_EMPTY: row(
    409,
    'Commit {commit} changes nothing against "{target}".',
    'Nothing to merge; commit a change first.',
  ),
  COMMIT_UNRELATED: row(
    409,
    'Commit {commit} shares no history with "{target}".',
    'Work on a branch that came from "{target}".',
  ),
  TARGET_UNKNOWN: row(
    404,
    'There is no branch "{target}" to merge into.',
    'Name an existing branch with --target.',
  ),
  TARGET_MOVED: row(
    409,
    'Branch "{target}" moved while merging (expected {expected}, found {found}).',
    'Approve again; the merge starts anew from where it is now.',
  ),
  TARGET_DIRTY: row(
    409,
    'Branch "{target}" is checked out in {path} with uncommitted changes, or you asked to leave that checkout alone.',
    'Commit or stash there (or check out another branch), then approve again.',
  ),
  MERGE_CONFLICTED: row(
    409,
    'Commit {commit} conflicts with "{target}" in {count} file(s): {files}.',
    'The agent has been told; it should merge "{target}" into its branch and ask again.',
  ),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;
export type ErrorParams = Readonly<Record<string, string | number>>;

/** An error as it crosses a process border. */
export const wireErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  mend: z.string(),
  /** What the message was made of, and for BODY_INVALID the path of the field. */
  details: z.record(z.string(), z.unknown()).optional(),
});
export type WireError = z.infer<typeof wireErrorSchema>;

function fill(template: string, params: ErrorParams): string {
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
}

/** The wire form of a code, with its template filled. */
export function toWireError(code: ErrorCode, params: ErrorParams = {}): WireError {
  const found = errorTable[code];
  const error = { code, message: fill(found.message, params), mend: fill(found.mend, params) };
  return Object.keys(params).length === 0 ? error : { ...error, details: params };
}

/** HTTP status of a wire error; 500 for a code this version does not know. */
export function statusOf(error: WireError): number {
  return (errorTable as Record<string, ErrorRow>)[error.code]?.status ?? 500;
}

/** Level that a wire error is logged at; `error` for a code this version does not know. */
export function levelOfWire(error: WireError): ErrorLevel {
  return (errorTable as Record<string, ErrorRow>)[error.code]?.level ?? 'error';
}

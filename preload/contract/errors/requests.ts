/** What can go wrong with any request, whatever it asks for. */
import { failed, row, warned } from './row.ts';

export const requestErrors = {
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
  FACTS_TIMEOUT: failed(
    504,
    'What {type} needs to know was not found out within {seconds} s.',
    'Try again; see what keeps git or the disk busy.',
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
  PROJECT_UNKNOWN: row(
    404,
    'No repository is open here as "{project}".',
    'Open the link that `musher serve` prints; `GET /status` lists what is open.',
  ),
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
} as const;

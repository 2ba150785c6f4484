/** Errors of the gateway and of the projects that are registered there. */
import { row, warned } from './row.ts';

export const gatewayErrors = {
  REGISTER_TOKEN_INVALID: warned(
    401,
    'The registration token is not valid: {reason}.',
    'Make a new one at the gateway: musher gateway token.',
  ),
  REGISTER_TOKEN_UNKNOWN: row(
    404,
    'There is no registration token "{invite}" that waits to be used.',
    'See `musher gateway list` for those that do.',
  ),
  REGISTER_TOKEN_LIMIT: row(
    409,
    'There are {count} registration tokens that nobody used yet; more than {limit} are not kept.',
    'Take those back that you need no more: musher gateway uninvite <id>.',
  ),
  PROJECT_REGISTERED: warned(
    409,
    'This project is registered at the gateway already, as "{name}", with a key that was not shown.',
    'If it is the same one (a key that was lost), forget it first: musher gateway remove "{name}".',
  ),
  PROJECT_LIMIT: row(
    409,
    'There are {count} projects at this gateway; more than {limit} do not register.',
    'Forget those that are gone: musher gateway remove <name>.',
  ),
  GATEWAY_PROJECT_UNKNOWN: row(
    404,
    'This gateway has no project "{project}".',
    'Projects: {known}.',
  ),
  REGISTRATION_UNKNOWN: warned(
    401,
    'The gateway does not know this project, or forgot it.',
    'Register anew with a fresh token (musher gateway token there), or let it be: musher unregister.',
  ),
  REGISTRATION_REPLACED: warned(
    409,
    'Another process came to the gateway with the key of this project.',
    'Run it once: a copied repository must register anew, with a fresh token.',
  ),
  GATEWAY_PROTOCOL: row(
    426,
    'This Musher speaks version {own} of the gateway protocol, the other one {other}.',
    'Bring both to the same version of Musher.',
  ),
  GATEWAY_ADDRESS_INVALID: row(
    400,
    'The address "{url}" cannot be used: {reason}.',
    'Write it as http://127.0.0.1:<port> (on that machine, or through an SSH tunnel), or https://<name> to another machine.',
  ),
  GATEWAY_ADDRESS_UNREACHED: row(
    409,
    'Seen from the gateway, {url} is not this project: {reason}.',
    'Leave --address out, or give the one by which a browser beside the gateway opens this project; a tunnel must end at the same port number.',
  ),
  GATEWAY_UNREACHABLE: row(
    503,
    'The gateway at {url} cannot be reached: {reason}.',
    'Check that `musher gateway` runs there and that the tunnel to it is open; a registered project tries again by itself.',
  ),
  GATEWAY_RUNS: row(
    409,
    'Another gateway keeps its log in {path}.',
    'Use that one (musher gateway list), or give this one a folder of its own: musher gateway --data <folder>.',
  ),
  GATEWAY_WANTED: row(
    400,
    'What answers there is no gateway.',
    'Set MUSHER_URL and MUSHER_TOKEN to what `musher gateway` printed.',
  ),
  PROJECT_WANTED: row(
    404,
    'This is a gateway, and has no {type}: its projects have.',
    'Set MUSHER_URL and MUSHER_TOKEN to what `musher serve` printed for the project.',
  ),
  GATEWAY_NOT_REGISTERED: row(
    409,
    'This project is registered at no gateway.',
    'Nothing to do; `musher register` registers it.',
  ),
  GATEWAY_FILE_INVALID: row(
    500,
    'The file {file}, which says where this project is registered, cannot be read.',
    'Register anew with a fresh token, or remove it: musher unregister.',
  ),
  GATEWAY_LINK_REFUSED: warned(
    400,
    'What this project sent to the gateway was refused: {reason}.',
    'Bring its Musher to the version of the gateway; it tries again by itself.',
  ),
  GATEWAY_NO_PROJECT: row(
    409,
    'No project is chosen in this session.',
    'Call gateway_switch with one of: {known}.',
  ),
  GATEWAY_PROJECT_AWAY: row(
    503,
    'The project "{project}" is away: {reason}.',
    'Ask again once it is back, or choose another with gateway_switch; `musher gateway list` says when it was heard.',
  ),
  GATEWAY_GRANT: warned(
    403,
    'The project "{project}" does not let {what} through its gateway: it granted {granted}.',
    'Its operator can register it anew with --mcp read or --mcp act.',
  ),
  GATEWAY_BUSY: row(
    429,
    'The project "{project}" does {limit} things for its gateway already.',
    'Wait for one of them to end, then ask again.',
  ),
  GATEWAY_ANSWER_INVALID: warned(
    502,
    'The project "{project}" gave an answer that is none: {reason}.',
    'Look at its Musher; it may be another version.',
  ),
} as const;

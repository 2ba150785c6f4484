/** Errors of the cluster. */
import { row } from './row.ts';

export const clusterErrors = {
  JOIN_TOKEN_INVALID: row(
    401,
    'The join token is not valid: {reason}.',
    'Make a new one at the rendezvous: musher join-token.',
  ),
  INVITE_UNKNOWN: row(
    404,
    'There is no join token "{invite}" that waits to be used.',
    'See `musher nodes` for those that do.',
  ),
  INVITE_LIMIT: row(
    409,
    'There are {count} join tokens that nobody used yet; more than {limit} are not kept.',
    'Take those back that you need no more: musher nodes uninvite <id>.',
  ),
  NODE_UNKNOWN: row(404, 'There is no node "{node}".', 'See `musher nodes --all`.'),
  STORY_NOT_AT_NODE: row(
    409,
    'The node "{label}" does not work on story "{story}".',
    'See `musher nodes` for who works on it.',
  ),
  STORY_ON_NO_NODE: row(
    409,
    'No node works on story "{story}".',
    'See `musher nodes` for what they work on; `musher agent screen` shows agents of this machine.',
  ),
  NODE_AWAY: row(
    503,
    'The node "{label}" is not connected.',
    'Look again when it is back: `musher nodes` says when it was last heard.',
  ),
  NODE_WATCH_LIMIT: row(
    409,
    '{count} terminals of the node "{label}" are watched already, the limit.',
    'Stop watching one of them first.',
  ),
  NODE_TERMINAL_GONE: row(
    404,
    'The node "{label}" has no terminal of who works on story "{story}".',
    'Ask again once its agent runs.',
  ),
  NODE_TERMINAL_LARGE: row(
    413,
    'The screen of story "{story}" on the node "{label}" is too large to be shown from here.',
    'Look at it on that machine; a newer terminal host there sends less of it: restart its agents.',
  ),
  NODE_TERMINALS_UNANSWERED: row(
    504,
    'The node "{label}" did not show a terminal within {seconds} s.',
    'Its Musher ({version}) may be too old for that: bring both machines to the same version. Else ask again.',
  ),
  NODE_TERMINALS_REFUSED: row(
    502,
    'What the node "{label}" sent of its terminals was refused: {reason}.',
    'Bring its Musher to the version of this one. If it is not yours, lock it out: musher nodes revoke {node}.',
  ),
  NODE_LIMIT: row(
    409,
    'There are {count} nodes already; more than {limit} do not join.',
    'Lock out those that are gone: musher nodes revoke <id>.',
  ),
  NODE_REVOKED: row(
    403,
    'The node "{label}" was locked out.',
    'Join anew with a fresh join token: musher join-token at the rendezvous.',
  ),
  NODE_TOKEN_INVALID: row(
    401,
    'The rendezvous does not know this node.',
    'Join anew with a fresh join token: musher join-token at the rendezvous.',
  ),
  NODE_FILE_INVALID: row(
    500,
    'The file {file}, which says whose node this is, cannot be read.',
    'Remove it, and join anew with a fresh join token: musher join-token at the rendezvous.',
  ),
  NODE_NOT_JOINED: row(
    400,
    'This repository has joined no rendezvous.',
    'Give both --rendezvous and --join: musher join-token at the rendezvous prints them.',
  ),
  SYNC_PROTOCOL: row(
    426,
    'This Musher speaks version {own} of the sync protocol, the other one {other}.',
    'Bring both machines to the same version of Musher.',
  ),
  SYNC_REFUSED: row(
    400,
    'What the node "{label}" sent was refused: {reason}.',
    'Bring its Musher to the version of the rendezvous. If it is not yours, lock it out: musher nodes revoke {node}.',
  ),
  NODE_REPLACED: row(
    409,
    'Another process uses the key of this node "{label}".',
    'Run it on one machine alone: a copied repository must join anew, with a fresh join token.',
  ),
  NODES_AT_INVALID: row(
    400,
    'Nodes cannot be let in at {address}: {reason}.',
    'Name an address of this machine as HOST:PORT, with PEM files of a certificate and the key that belongs to it.',
  ),
  PEERS_AT_INVALID: row(
    400,
    'Peers cannot be let in at {address}: {reason}.',
    'Name the address of this machine by which its peers reach it, as HOST:PORT, with PEM files of a certificate and the key that belongs to it; loopback needs none.',
  ),
  CLAIM_LIMIT: row(
    409,
    'This node has {count} claims on stories already.',
    'It claims more by itself once some of them are over.',
  ),
  CLAIM_UNKNOWN: row(
    404,
    'This node has no claim {claim} on story "{story}".',
    'It ended meanwhile: `musher log` says how.',
  ),
  CLAIM_UNREACHABLE: row(
    503,
    'The commit {commit} of story "{story}" cannot be brought {way} {remote}: {reason}.',
    'Check that both machines reach the git remote; it is tried again by itself.',
  ),
  RENDEZVOUS_UNREACHABLE: row(
    503,
    'The rendezvous at {url} does not answer: {reason}.',
    'Check that its Musher runs and that the tunnel to it is open; a node that joined tries again by itself.',
  ),
  RENDEZVOUS_UNTRUSTED: row(
    503,
    'The rendezvous at {url} shows a certificate that is not trusted here: {reason}.',
    'Copy its certificate here and name it: NODE_EXTRA_CA_CERTS=cert.pem musher node …; it must be for this very address.',
  ),
  RENDEZVOUS_INVALID: row(
    400,
    'The rendezvous "{url}" is no address that can be used: {reason}.',
    'Write it as http://127.0.0.1:9119 (through an SSH tunnel), or https://… to another machine.',
  ),
} as const;

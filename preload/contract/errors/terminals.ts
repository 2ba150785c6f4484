/** The process that owns the terminals, and what stands in its place. */
import { failed } from './row.ts';

export const terminalErrors = {
  TERMINAL_HOST_FAILED: failed(
    500,
    'The terminal host could not be started: {reason}',
    'See {path}, mend what it says, then start the agent again.',
  ),
  TERMINAL_HOST_FOREIGN: failed(
    500,
    'Something else than this user’s terminal host is at {path}.',
    'End it, or remove {path}, then start the agent again.',
  ),
  TERMINAL_HOST_SILENT: failed(
    500,
    'The terminal host (process {pid}) did not answer within {seconds} s.',
    'Try again; if it stays so, end process {pid}: its agents end with it and can be started again.',
  ),
  TERMINAL_HOST_OTHER: failed(
    500,
    'The terminal host that runs is of Musher {version}, and speaks another language than this one.',
    'Its agents go on. Use that version until they have ended, or end them with its `musher stop --agents`.',
  ),
  TERMINAL_UNREAD: failed(
    504,
    'Agent "{agent}" reads no input: what was pasted was not taken for {seconds} s, and the rest of it is given up.',
    'Look at its terminal: it may be busy, paused or stuck. Paste again when it reads, or restart it.',
  ),
  TERMINAL_UNSHOWN: failed(
    504,
    'Agent "{agent}" does not show what was typed, so Enter was not pressed: it would have been for something else.',
    'Look at its terminal: a question of its own may stand there, or the text in its input line. Answer it there, then type again.',
  ),
  TERMINAL_HOST_LOST: failed(
    500,
    'The terminal host ended while this was under way.',
    'Look whether it was done, then try again.',
  ),
};

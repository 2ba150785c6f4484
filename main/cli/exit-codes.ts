/** What the `musher` command ends with. Scripts and agents rely on these; README.md lists the same. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  timeOver: 4,
  denied: 5,
  conflicted: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** One row each, for `musher help exit-codes`. */
export const exitCodeMeanings: ReadonlyArray<readonly [ExitCode, string]> = [
  [exitCodes.ok, 'it worked; with --wait: answered, or merged'],
  [exitCodes.failed, 'refused or failed; the error says why and what to do'],
  [exitCodes.usage, 'the command line was wrong; nothing was sent or nothing was changed'],
  [exitCodes.unreachable, 'no Musher answers'],
  [exitCodes.timeOver, 'with --wait: the time is over, or it expired or was taken back'],
  [exitCodes.denied, 'with --wait: the approval was denied'],
  [exitCodes.conflicted, 'with --wait: the merge failed or conflicted'],
  [exitCodes.interrupted, 'interrupted by Ctrl+C'],
];

/** The exit code for an error of the error table. */
export function exitCodeOf(errorCode: string): ExitCode {
  if (errorCode === 'USAGE' || errorCode === 'BODY_INVALID') return exitCodes.usage;
  return errorCode === 'HUB_UNREACHABLE' ? exitCodes.unreachable : exitCodes.failed;
}

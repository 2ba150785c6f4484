/** A report as text, for a terminal and for who is asked for help: the home folder is `~`, and no token is in it. */
import type { CheckState, DoctorCheck, DoctorReport } from './doctor.ts';

export const stateOrder: readonly CheckState[] = ['problem', 'warning', 'unknown', 'ok'];

/** `2 problems, 1 warning, 14 ok`. */
export function sayStates(checks: readonly DoctorCheck[]): string {
  const names: Record<CheckState, readonly [one: string, many: string]> = {
    problem: ['problem', 'problems'],
    warning: ['warning', 'warnings'],
    unknown: ['unknown', 'unknown'],
    ok: ['ok', 'ok'],
  };
  const counts = stateOrder.map((state) => {
    const count = checks.filter((check) => check.state === state).length;
    return count === 0 ? '' : `${count} ${names[state][count === 1 ? 0 : 1]}`;
  });
  return counts.filter(Boolean).join(', ') || 'nothing checked';
}

/** The worst first, each kind in its own order. */
export function worstFirst(checks: readonly DoctorCheck[]): DoctorCheck[] {
  return stateOrder.flatMap((state) => checks.filter((check) => check.state === state));
}

/** As it is pasted into a question to somebody else. */
export function reportText(report: DoctorReport): string {
  const { version, platform, repository, byMusher, checks, atMs } = report;
  const head = [
    `Musher ${version} on ${platform}, ${new Date(atMs).toISOString()}`,
    `Repository ${repository}${byMusher ? '' : ' (no Musher was asked)'}`,
    sayStates(checks),
  ];
  const rows = worstFirst(checks).flatMap(({ state, id, title, found, remedy, details = [] }) => [
    '',
    `[${state}] ${title} (${id}): ${found}`,
    ...details.map((one) => `    ${one}`),
    ...(remedy === undefined ? [] : [`  → ${remedy}`]),
  ]);
  return redacted([...head, ...rows].join('\n'), report.home);
}

/**
 * What must not leave the machine by a copied text: the user's name in the home folder, what grants access, and the user
 * and password of an address. Long words of letters and digits mixed count as tokens; commits (hex, 40) do not.
 */
export function redacted(text: string, home: string): string {
  return withoutHome(text, home)
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1…@')
    .replace(
      /(?<![a-z])(token|password|secret|api_?key|authorization)(["']?\s*[=:]\s*)\S+/gi,
      '$1$2…',
    )
    .replace(/\/a\/[\w-]{16,}/g, '/a/…')
    .replace(/[\w-]{32,}/g, (word) => (looksSecret(word) ? '…' : word));
}

function withoutHome(text: string, home: string): string {
  if (home.length < 2) return text;
  // `/home/ro` is no part of `/home/robin`.
  return text.split(home).reduce((before, after) => {
    const isWhole = after === '' || !/^[\w.-]/.test(after);
    return `${before}${isWhole ? '~' : home}${after}`;
  });
}

function looksSecret(word: string): boolean {
  if (/^[0-9a-f]{40}$/.test(word)) return false;
  return /\d/.test(word) && /[a-z]/i.test(word) && !/^[a-z]+(-[a-z0-9]+)+$/.test(word);
}

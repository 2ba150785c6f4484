/** What Musher writes below the message of a commit that it makes: whose work it is, by which approval, and where that stands in the log. Pure. */

export interface TrailerFacts {
  readonly agent: string;
  readonly approval: string;
  /** Number of the event that approved it. */
  readonly event?: number | undefined;
  /** The rule of the operator's config by which. */
  readonly rule?: string | undefined;
  /** The story that it does. */
  readonly story?: string | undefined;
}

const own = /^\s*Musher-[A-Za-z]+\s*:/i;
const trailer = /^[A-Za-z0-9-]+: \S/;

/** The message with Musher's trailers last. Lines of it that would pass for those are left out: only Musher says them. */
export function withTrailers(message: string, facts: TrailerFacts): string {
  const lines = message.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => !own.test(line));
  const kept = lines.join('\n').trim();
  const last = kept
    .split(/\n[ \t]*\n/)
    .slice(1)
    .at(-1);
  const isBlock = last?.split('\n').every((line) => trailer.test(line)) ?? false;
  return `${kept}${isBlock ? '\n' : '\n\n'}${trailersOf(facts).join('\n')}\n`;
}

function trailersOf({ agent, approval, event, rule, story }: TrailerFacts): string[] {
  return [
    ...(story === undefined ? [] : [`Musher-Story: ${story}`]),
    ...[`Musher-Agent: ${agent}`, `Musher-Approval: ${approval}`],
    ...(event === undefined ? [] : [`Musher-Event: ${event}`]),
    ...(rule === undefined ? [] : [`Musher-Rule: ${rule}`]),
  ];
}

/** One line, so that a stranger's text is no trailer. */
export function subjectOf(title: string, otherwise: string): string {
  const line = title.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line === '' ? otherwise : line;
}

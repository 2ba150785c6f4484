/** What events of gates say to a reader. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { gates as contract } from '../../../preload/contract/gates.ts';

type Told<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

export const describeGates: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'gate.planned': ({ data }) => {
    const { gates, commit, target, approval } = data as Told<'gate.planned'>;
    const names = gates.filter(({ applies }) => applies).map(({ gate }) => gate);
    const what = approval ?? commit.slice(0, 10);
    return `Gates of ${what} into ${target}: ${names.join(', ') || 'none concerns it'}.`;
  },
  'gate.ending': ({ data }) => {
    const { gate, why } = data as Told<'gate.ending'>;
    return why === 'cancel'
      ? `Gate ${gate} is cancelled.`
      : `Gate ${gate} takes too long and is ended.`;
  },
  'gate.ended': ({ data }) => ended(data as Told<'gate.ended'>),
};

/** So much of its output is in an inbox; the rest is what `gate.outcome` shows. */
const toldLines = 12;

function ended(data: Told<'gate.ended'>): string {
  const { gate, state, exitCode, tree, error, tells, lastLines } = data;
  const code =
    typeof exitCode === 'number' && state === 'failed' ? ` with exit code ${exitCode}` : '';
  const why = error === undefined ? '' : ` ${error.message}`;
  const came = `Gate ${gate} ${state.replace('_', ' ')}${code}`;
  if (tells === undefined) return `${came} on tree ${tree.slice(0, 10)}.${why}`;
  const lines = lastLines.slice(-toldLines).join('\n');
  const mend = `Your request ${tells.approval} cannot be merged so: mend it, and ask again for the new commit.`;
  return `${came} on what merging your request leads to.${why} ${mend}${lines === '' ? '' : `\n${lines}`}`;
}

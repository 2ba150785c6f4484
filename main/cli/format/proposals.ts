import type {
  ConfigChange,
  ConfigVersion,
  ProposalRecord,
} from '../../../preload/contract/proposal-records.ts';
import { patchLines } from './diff-lines.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { indented, oneLine, plainText } from './plain-text.ts';
import { table } from './table.ts';
import { ageOf, type Style, type View } from './view.ts';

export const proposalFormats = {
  'proposal.make': ({ proposal, commit }) =>
    `Proposed as ${oneLine(proposal)}, ${short(commit)}; the decision comes to your inbox. Nothing changes before.`,
  'proposal.withdraw': ({ proposal }) => `Took ${oneLine(proposal)} back.`,
  'proposal.apply': ({ proposal, commit }) =>
    `Applying ${oneLine(proposal)}: .musher/config.toml will be ${short(commit)}. \`musher config proposal ${oneLine(proposal)}\` says when it is.`,
  'proposal.reject': ({ proposal }) => `Rejected ${oneLine(proposal)}.`,
  'config.revert': ({ version, commit }) =>
    `Going back to ${short(version)}, as version ${short(commit)}. \`musher config history\` has it once it is done.`,
  'proposal.list': ({ proposals }, view) =>
    proposals.length === 0
      ? 'No proposals for the configuration.'
      : table(
          ['PROPOSAL', 'AGENT', 'STATE', 'AGE', 'COMMIT', 'KEYS', 'WHY'],
          proposals.map((one) => rowOf(one, view)),
          view,
        ),
  'proposal.get': (proposal, view) => formatProposal(proposal, view),
  'config.show': ({ text, problems, path }) => {
    const faults = problems.map(
      ({ line, message }) =>
        `# not valid${line === undefined ? '' : `, line ${line}`}: ${oneLine(message)}`,
    );
    const said = text === '' ? `# ${oneLine(path)} says nothing: every key has its default` : text;
    return [plainText(said).trimEnd(), ...faults].join('\n');
  },
  'config.diff': (diff, view) => formatDiff(diff, view),
  'config.history': ({ versions }, view) =>
    versions.length === 0
      ? 'Nothing was proposed yet: versions are kept from the first proposal on.'
      : table(
          ['VERSION', 'AGE', 'HOW'],
          versions.map((version, at) => [
            { text: short(version.commit), paint: at === 0 ? view.style.green : view.style.yellow },
            ageOf(version.atMs, view),
            `${sayHow(version)}${at === 0 ? ' (applies)' : ''}`,
          ]),
          view,
        ),
  'config.in_approval': ({ place, problems, ...facts }, { style }) =>
    [
      ...(facts.changeCount === 0 ? ['This merge changes no key of .musher/config.toml.'] : []),
      ...changeLines(facts, style),
      ...(place === undefined ? [] : [style.red(`Musher will not read it: ${oneLine(place)}`)]),
      ...problems.map(({ message }) => style.red(`not valid: ${oneLine(message)}`)),
    ].join('\n'),
} satisfies Formatters;

function short(commit: string): string {
  return oneLine(commit).slice(0, 12);
}

function rowOf(proposal: ProposalRecord, view: View) {
  const { id, agent, state, proposedMs, commit, changes, changeCount, why } = proposal;
  const isWary = changes.some(({ warning }) => warning !== undefined);
  return [
    { text: id, paint: view.style.bold },
    agent,
    { text: state, paint: state === 'open' ? view.style.yellow : view.style.dim },
    ageOf(proposedMs, view),
    short(commit),
    {
      text: `${changeCount}${isWary ? ' !' : ''}`,
      paint: isWary ? view.style.red : view.style.dim,
    },
    why,
  ];
}

function formatProposal(proposal: ProposalRecord, view: View): string {
  const { style } = view;
  const { id, agent, state, proposedMs, why, commit, base, note, failure, by, stale } = proposal;
  return [
    `${style.bold(oneLine(id))} ${oneLine(agent)} ${style.dim(ageOf(proposedMs, view))} ${state}`,
    indented(why),
    `  commit ${oneLine(commit)} over ${oneLine(base)}`,
    ...changeLines(proposal, style),
    ...(note === undefined || note === '' ? [] : [indented(note, '  note: ')]),
    ...(by === undefined ? [] : [`  replaced by ${oneLine(by)}`]),
    ...(stale === undefined ? [] : [`  ${style.red(`cannot be applied: ${stale}`)}`]),
    ...(failure === undefined
      ? []
      : [`  ${style.red(oneLine(failure.message))}`, `  → ${oneLine(failure.mend)}`]),
  ].join('\n');
}

type Facts = Pick<ProposalRecord, 'changes' | 'changeCount' | 'hasHidden'>;

function changeLines({ changes, changeCount, hasHidden }: Facts, style: Style): string[] {
  const more = changeCount - changes.length;
  return [
    ...changes.map((change) => changeLine(change, style)),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(hasHidden ? [`  ${style.red('! it has invisible or direction-changing characters')}`] : []),
  ];
}

function changeLine({ key, from, to, warning }: ConfigChange, style: Style): string {
  const old = from === undefined ? style.dim('not set') : oneLine(from);
  const next = to === undefined ? style.dim('not set') : oneLine(to);
  const wary = warning === undefined ? '' : `  ${style.red(`! ${oneLine(warning)}`)}`;
  return `  ${style.bold(oneLine(key))}: ${old} -> ${next}${wary}`;
}

function formatDiff(diff: ResultOf<'config.diff'>, { style }: View): string {
  const head = `${diff.from === undefined ? 'nothing' : short(diff.from)} -> ${oneLine(diff.to)}`;
  return [
    style.dim(head),
    ...changeLines(diff, style),
    ...patchLines(diff.patch.trimEnd(), style),
  ].join('\n');
}

function sayHow({ how, proposal = '', agent = '', version = '' }: ConfigVersion): string {
  if (how === 'applied') return `proposed by ${oneLine(agent)}, ${oneLine(proposal)}`;
  if (how === 'reverted') return `taken back to ${short(version)}`;
  return 'found in the checkout: edited by hand, or merged';
}

import type { Place } from '../../../preload/contract/story-facts.ts';
import { isAway, sayNodeShort, sayNodeWork } from '../../../preload/contract/say-node-work.ts';
import type { StoryStage } from '../../../preload/contract/story-stages.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { indented, oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type Style, type View } from './view.ts';

type Listed = ResultOf<'story.list'>;
type Row = Listed['stories'][number];
type Shown = ResultOf<'story.get'>;
type Imported = ResultOf<'story.import'>;

const moved = ({ story, stage }: { story: string; stage: StoryStage }) =>
  `${oneLine(story)} is ${words[stage]} now.`;
const edited = ({ story, version }: { story: string; version: number }) =>
  `${oneLine(story)} is at version ${version}.`;

export const storyFormats = {
  'story.add': ({ story }) => `Written as ${oneLine(story)}.`,
  'story.edit': edited,
  'story.tick': edited,
  'story.untick': edited,
  'story.assign': ({ story, agent }) => `${oneLine(story)} is ${oneLine(agent)}’s now.`,
  'story.unassign': ({ story }) => `${oneLine(story)} is nobody’s now.`,
  'story.move': moved,
  'story.submit': moved,
  'story.block': moved,
  'story.unblock': moved,
  'story.hold': moved,
  'story.release': moved,
  'story.freeze': moved,
  'story.unfreeze': moved,
  'story.abandon': moved,
  'story.supersede': moved,
  'story.import': (result) => formatImport(result),
  'story.list': (result, view) => formatList(result, view),
  'story.get': (story, view) => formatStory(story, view),
} satisfies Formatters;

const words: Readonly<Record<StoryStage, string>> = {
  backlog: 'in the backlog',
  coding: 'being coded',
  qa: 'being checked',
  merge: 'to be merged',
  merge_failed: 'not merged',
  done: 'done',
  archived: 'archived',
  blocked: 'blocked',
  held: 'held',
  frozen: 'frozen',
  abandoned: 'abandoned',
  superseded: 'superseded',
};

const paints: Readonly<Partial<Record<StoryStage, keyof Style>>> = {
  ...{ coding: 'blue', qa: 'blue', merge: 'blue', done: 'green' },
  ...{ merge_failed: 'red', blocked: 'red', held: 'yellow' },
  ...{ frozen: 'dim', archived: 'dim', abandoned: 'dim', superseded: 'dim' },
};

export function stageCell({ place }: { readonly place: Place }, { style }: View): Cell {
  const paint = paints[place.stage];
  const text = 'over' in place ? `${place.stage} (${place.over.stage})` : place.stage;
  return paint === undefined ? text : { text, paint: style[paint] };
}

function formatList({ stories, total, next }: Listed, view: View): string {
  if (total === 0)
    return 'No stories. Write one: musher story add "Log in with a passkey" --criteria "a test covers a wrong key"';
  const rows = table(
    ['ID', 'STAGE', 'SINCE', 'PRIORITY', 'TYPE', 'AGENT', 'MET', 'WAITS FOR', 'TITLE'],
    stories.map((story): Cell[] => [
      { text: story.id, paint: view.style.bold },
      stageCell(story, view),
      ageOf(story.sinceMs, view),
      priorityCell(story, view),
      story.type,
      agentCell(story, view),
      metOf(story),
      waitsCell(story, view),
      titleOf(story),
    ]),
    view,
  );
  if (next === undefined) return rows;
  return `${rows}\n${stories.length} of ${total}; the next: --after ${oneLine(next)}`;
}

function priorityCell({ priority }: Row, { style }: View): Cell {
  if (priority === 'critical') return { text: priority, paint: style.red };
  if (priority === 'high') return { text: priority, paint: style.yellow };
  return { text: priority, paint: style.dim };
}

type Whose = Pick<Row, 'agent' | 'node' | 'nodeNow'>;

/** Its agent, or the machine that works on it. */
function agentCell({ agent, node, nodeNow }: Whose, { nowMs, style }: View): Cell {
  if (node === undefined || nodeNow === undefined) return agent ?? '-';
  const text = sayNodeShort(node, nodeNow, nowMs);
  return isAway(nodeNow.standing) ? { text, paint: style.yellow } : text;
}

function nodeLine({ node, nodeNow }: Whose, { nowMs, style }: View): string[] {
  if (node === undefined || nodeNow === undefined) return [];
  const text = oneLine(sayNodeWork(node, nodeNow, nowMs));
  return [isAway(nodeNow.standing) ? style.yellow(text) : text];
}

function metOf({
  criteriaDone,
  criteriaTotal,
}: Pick<Row, 'criteriaDone' | 'criteriaTotal'>): string {
  return criteriaTotal === 0 ? '-' : `${criteriaDone}/${criteriaTotal}`;
}

function waitsCell({ waitsFor, place }: Row, { style }: View): Cell {
  const isWaiting = waitsFor.length > 0 && place.stage === 'backlog';
  if (!isWaiting) return '-';
  const named = waitsFor
    .slice(0, 3)
    .map(({ story, stage }) => (stage === 'abandoned' ? `${story}!` : story));
  const more = waitsFor.length > 3 ? ` +${waitsFor.length - 3}` : '';
  return { text: `${named.join(' ')}${more}`, paint: style.yellow };
}

function titleOf({ title, labels }: Row): string {
  return labels.length === 0 ? title : `${title} [${labels.join(', ')}]`;
}

function formatStory(story: Shown, view: View): string {
  const { bold, dim } = view.style;
  const head = [
    `${bold(oneLine(story.id))} ${oneLine(story.title)}`,
    `  ${factsOf(story, view).join(dim(' · '))}`,
    ...[...nodeLine(story, view), ...detailsOf(story)].map((line) => `  ${line}`),
  ];
  const body = story.body.trim() === '' ? [] : ['', indented(story.body)];
  const criteria = story.criteria.map(({ n, text, done }) =>
    done ? view.style.green(`  ${n}. [x] ${oneLine(text)}`) : `  ${n}. [ ] ${oneLine(text)}`,
  );
  const met = story.criteria.length === 0 ? [] : ['', bold(`Met ${metOf(story)}`), ...criteria];
  return [...head, ...body, ...met, '', bold('History'), ...historyOf(story, view)].join('\n');
}

function factsOf(story: Shown, view: View): string[] {
  const cell = stageCell(story, view);
  const stage = typeof cell === 'string' ? cell : cell.paint(cell.text);
  const review =
    story.review === 'gates'
      ? []
      : [`reviewed by ${story.review === 'agent' ? 'an agent' : 'a person'}`];
  return [
    `${stage} ${view.style.dim(ageOf(story.sinceMs, view))}`,
    ...[story.type, `${story.priority} priority`, `version ${story.version}`],
    ...(story.agent === undefined ? [] : [`agent ${oneLine(story.agent)}`]),
    ...(story.profile === undefined ? [] : [`wishes ${oneLine(story.profile)}`]),
    ...review,
  ];
}

function detailsOf({ place, labels, waitsFor, neededBy, source, mergeFailures }: Shown): string[] {
  const why = whyOf(place);
  return [
    ...(why === '' ? [] : [why]),
    ...(mergeFailures > 0 ? [`merges that failed in a row: ${mergeFailures}`] : []),
    ...(labels.length === 0 ? [] : [`labels: ${labels.map(oneLine).join(', ')}`]),
    ...(waitsFor.length === 0
      ? []
      : [`waits for: ${waitsFor.map((one) => `${oneLine(one.story)} (${one.stage})`).join(', ')}`]),
    ...(neededBy.length === 0
      ? []
      : [
          `needed by: ${neededBy.slice(0, 20).map(oneLine).join(', ')}${neededBy.length > 20 ? ' …' : ''}`,
        ]),
    ...(source === undefined ? [] : [`from: ${oneLine(source.name)}`]),
  ];
}

function whyOf(place: Place): string {
  if (place.stage === 'superseded') return `${oneLine(place.by)} takes its place`;
  if (place.stage === 'merge_failed') return oneLine(`${place.kind} ${place.detail ?? ''}`);
  if (place.stage === 'merge') return `commit ${place.commit.slice(0, 10)}`;
  if ((place.stage === 'done' || place.stage === 'archived') && place.merge !== undefined)
    return `merged as ${place.merge.mergeCommit.slice(0, 10)}`;
  return 'reason' in place && place.reason !== undefined ? oneLine(place.reason) : '';
}

function historyOf({ history, hasMore, id }: Shown, view: View): string[] {
  const older = hasMore
    ? [
        view.style.dim(
          `  … and more: musher story show ${oneLine(id)} --before ${history[0]?.seq ?? 1}`,
        ),
      ]
    : [];
  const lines = history.map(({ seq, atMs, actor, text, cause }) => {
    const by =
      cause === undefined || cause.kind === 'command'
        ? actor
        : `${actor}, ${cause.kind} ${cause.ref ?? ''}`;
    return `  ${view.style.dim(`#${seq} ${ageOf(atMs, view)} ${oneLine(by.replace(/^agent:/, ''))}`)} ${oneLine(text)}`;
  });
  return [...older, ...lines];
}

function formatImport({ dryRun, counts, added, updated, kept }: Imported): string {
  const { added: a, updated: u, unchanged, kept: k, skipped } = counts;
  const head = `${dryRun ? 'Would add' : 'Added'} ${a}, ${dryRun ? 'update' : 'updated'} ${u}; ${unchanged} unchanged, ${skipped} skipped.`;
  const rowsOf = (mark: string, rows: Imported['added'], total: number) => [
    ...rows.map(({ story, title, source, fields }) => {
      const what = fields.length === 0 ? '' : ` (${fields.join(', ')})`;
      return `  ${mark} ${story === undefined ? '' : `${oneLine(story)} `}${oneLine(title)}${what}  ${oneLine(source)}`;
    }),
    ...(total > rows.length ? [`  ${mark} … and ${total - rows.length} more`] : []),
  ];
  const keptRows = rowsOf('=', kept, k);
  return [
    head,
    ...rowsOf('+', added, a),
    ...rowsOf('~', updated, u),
    ...(keptRows.length === 0 ? [] : ['Left as you changed them:', ...keptRows]),
  ].join('\n');
}

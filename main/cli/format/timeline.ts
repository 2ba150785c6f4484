import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import type { PastEvent, PastState } from '../../../preload/contract/timeline.ts';
import { agentFormats } from './agents.ts';
import { approvalFormats } from './approvals.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { clip, oneLine, safeJson } from './plain-text.ts';
import { questionFormats } from './questions.ts';
import { stageCell } from './stories.ts';
import { table } from './table.ts';
import { ageOf, type View } from './view.ts';
import { waitFormats } from './waits.ts';

export const timelineFormats = {
  'timeline.list': ({ events, more, cursor }, view) => {
    const lines = events.map((event) => eventLine(event, view));
    const rest = more ? [view.style.dim(`There are more: --before ${cursor}, or --after.`)] : [];
    return lines.length === 0 && !more ? 'No events.' : [...lines, ...rest].join('\n');
  },
  'timeline.chain': ({ events }, view) => events.map((event) => eventLine(event, view)).join('\n'),
  'timeline.at': (state, view) => formatState(state, view),
  'timeline.records': (page, view) => formatRows(page, view),
} satisfies Formatters;

function eventLine(event: PastEvent, view: View): string {
  const { seq, atMs, actor, type, text } = event;
  const head = `#${String(seq).padEnd(6)} ${ageOf(atMs, view).padStart(8)}  `;
  const words = `${oneLine(type)}  ${text === '' ? `by ${oneLine(actor)}` : oneLine(text)}`;
  const fitting = view.width === undefined ? head + words : clip(head + words, view.width);
  return fitting.replace(head, () => view.style.dim(head));
}

/** Ages are those of that moment: the clock stands at its event. */
function formatState(state: PastState, now: View): string {
  const { seq, atMs, head, event, progress, kinds } = state;
  const view = { ...now, nowMs: atMs };
  const title = `As it was after #${seq} of ${head}, ${exactTime(atMs)} (${ageOf(atMs, now)})`;
  const line = eventLine(event, now);
  if (progress !== undefined)
    return `${now.style.bold(title)}\n${line}\n\nNot ready: folded up to event ${progress.at} of ${progress.to}. Ask again; it goes on from there.`;
  const part = (kind: string, words: string, say: (rows: unknown[], view: View) => string) => {
    const found = kinds[kind];
    if (found === undefined) return [];
    const count = found.count > found.rows.length ? `, the first ${found.rows.length}` : '';
    const heading = now.style.bold(`${words} (${found.count}${count})`);
    return [
      '',
      heading,
      say(
        found.rows.map(({ record }) => record),
        view,
      ),
    ];
  };
  const lines = [
    now.style.bold(title),
    line,
    ...part('waiting', 'Waited for you', (rows, at) =>
      waitFormats['inbox.list']({ items: rows as WaitingItem[] }, at),
    ),
    ...part('story', `Stories${stageCounts(state)}`, (rows, at) => storyTable(rows, at)),
    ...part('agent', 'Agents', (rows, at) =>
      rows.length === 0
        ? 'None.'
        : agentFormats['agent.list']({ agents: rows as AgentRecord[] }, at),
    ),
    ...part('approval', 'Approvals', (rows, at) => openApprovals(rows as ApprovalRecord[], at)),
    ...part('question', 'Questions', (rows, at) => openQuestions(rows as QuestionRecord[], at)),
  ];
  return lines.join('\n');
}

function stageCounts({ stages }: PastState): string {
  const counts = Object.entries(stages).map(([stage, count]) => `${stage} ${count}`);
  return counts.length === 0 ? '' : `: ${counts.join(', ')}`;
}

function storyTable(rows: unknown[], view: View): string {
  if (rows.length === 0) return 'None.';
  const stories = rows as StoryRecord[];
  return table(
    ['ID', 'STAGE', 'SINCE', 'AGENT', 'TITLE'],
    stories.map((story) => [
      { text: story.id, paint: view.style.bold },
      stageCell(story, view),
      ageOf(story.sinceMs, view),
      story.agent ?? '-',
      story.title,
    ]),
    view,
  );
}

function openApprovals(all: ApprovalRecord[], view: View): string {
  const approvals = all.filter(({ state }) => isUndecided(state) || state === 'merging');
  if (approvals.length === 0) return 'None was open.';
  return approvalFormats['approval.list']({ approvals }, view);
}

function openQuestions(all: QuestionRecord[], view: View): string {
  const questions = all.filter(({ state }) => state === 'open');
  return questions.length === 0
    ? 'None was open.'
    : questionFormats['question.list']({ questions }, view);
}

function formatRows(
  { rows, total, next, progress }: ResultOf<'timeline.records'>,
  view: View,
): string {
  if (progress !== undefined)
    return `Not ready: event ${progress.at} of ${progress.to}. Ask again.`;
  if (rows.length === 0) return 'None.';
  const lines = rows.map(({ key, record }) => {
    const line = `${oneLine(key)}  ${oneLine(safeJson(record))}`;
    return view.width === undefined ? line : clip(line, view.width);
  });
  const more =
    next === undefined ? '' : `\n${rows.length} of ${total}; the next: --after ${oneLine(next)}`;
  return `${lines.join('\n')}${more}`;
}

/** In the zone of whoever reads it. */
function exactTime(atMs: number): string {
  return new Date(atMs).toLocaleString('sv-SE');
}

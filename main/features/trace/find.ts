/** What the log says of a merge: page by page of its types, the newest first, so that a look back costs what it goes back. */
import type { approvals } from '../../../preload/contract/approvals.ts';
import type { agents } from '../../../preload/contract/agents.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { questions } from '../../../preload/contract/questions.ts';
import type { Trace } from '../../../preload/contract/trace.ts';
import type { QueryContext } from '../../hub/feature.ts';

type Ctx = Pick<QueryContext<object>, 'log' | 'signal'>;
type Approvals = typeof approvals;
type Merged = EventData<Approvals, 'approval.merged'>;

/** An event that is known to be of its type. */
type Of<Data> = EventEnvelope & { readonly data: Data };
export type Merge = Of<Merged>;

const most = { pages: 40, events: 200, shown: 20 };

/** By the commits that it brought, else, in logs of before those were kept, by the commit that it came with. */
export async function findMerge(
  ctx: Ctx,
  commit: string,
  broughtBy: () => Promise<string | undefined>,
): Promise<Merge | undefined> {
  // A title may name any commit: only what Musher itself said counts.
  const own = await search(
    ctx,
    commit,
    ({ data }) => data.mergeCommit === commit || (data.commits?.includes(commit) ?? false),
  );
  if (own !== undefined) return own;
  const bringer = await broughtBy();
  if (bringer === undefined || bringer === commit) return undefined;
  return search(ctx, bringer, ({ data }) => data.mergeCommit === bringer);
}

async function search(
  { log, signal }: Ctx,
  text: string,
  isIt: (merge: Merge) => boolean,
): Promise<Merge | undefined> {
  const types = ['approval.merged'];
  let before = log.head().seq + 1;
  for (let page = 0; page < most.pages; page += 1) {
    const { events, more, cursor } = await log.find({ types, text, before, limit: 50 }, signal);
    const found = (events as Merge[]).findLast(isIt);
    if (found !== undefined || !more) return found;
    before = cursor;
  }
  return undefined;
}

/** Of one type before a place in the log, newest first, as long as `take` says. */
async function* back<Data>(ctx: Ctx, type: string, before: number): AsyncGenerator<Of<Data>> {
  let end = before;
  for (let page = 0; page < most.pages; page += 1) {
    const ask = { type, before: end, limit: most.events };
    const { events, more } = await ctx.log.read(ask, ctx.signal);
    for (const event of events.toReversed()) yield event as Of<Data>;
    const [first] = events;
    if (first === undefined || !more) return;
    end = first.seq;
  }
}

async function firstOf<Data>(
  events: AsyncIterable<Of<Data>>,
  isIt: (data: Data) => boolean,
): Promise<Of<Data> | undefined> {
  for await (const event of events) if (isIt(event.data)) return event;
  return undefined;
}

export async function findApproval(
  ctx: Ctx,
  merge: Merge,
): Promise<{ approval: NonNullable<Trace['approval']>; isWhole: boolean; askedSeq: number }> {
  const { approval: id, agent, title, target, mergeCommit, undoes } = merge.data;
  const isOurs = ({ approval }: { approval: string }) => approval === id;
  type Requested = EventData<Approvals, 'approval.requested'>;
  type Approved = EventData<Approvals, 'approval.approved'>;
  const asked = await firstOf(back<Requested>(ctx, 'approval.requested', merge.seq), isOurs);
  const yes = await firstOf(back<Approved>(ctx, 'approval.approved', merge.seq), isOurs);
  const { strategy, rule, note } = yes?.data ?? {};
  const { description, pin } = asked?.data ?? {};
  const approval = {
    ...{ id, title, agent, target, mergeCommit, commit: pin?.commit ?? mergeCommit },
    ...(strategy !== undefined && { strategy }),
    ...(description !== undefined && { description }),
    ...(undoes !== undefined && { undoes: undoes.approval }),
    ...(rule !== undefined && { rule }),
    ...(note !== undefined && { note }),
    ...{ requestedMs: asked?.atMs ?? merge.atMs, mergedMs: merge.atMs },
    ...{ reviewer: yes?.actor ?? 'unknown', approvedMs: yes?.atMs ?? merge.atMs },
    event: yes?.seq ?? merge.seq,
  };
  const isWhole = asked !== undefined && yes !== undefined;
  return { approval, isWhole, askedSeq: asked?.seq ?? merge.seq };
}

/** The newest of that name before the merge: a name may have been another's before. */
export async function findAgent(
  ctx: Ctx,
  { data: { agent: id }, seq: before }: Merge,
): Promise<{ seq: number; said: NonNullable<Trace['agent']> } | undefined> {
  type Added = EventData<typeof agents, 'agent.added'>;
  const added = back<Added>(ctx, 'agent.added', before);
  const found = await firstOf(added, ({ agent }) => agent === id);
  if (found === undefined) return undefined;
  const { profile, prompt } = found.data;
  const said = { id, profile, ...(prompt !== undefined && { prompt }), addedMs: found.atMs };
  return { seq: found.seq, said };
}

/** After its last merge before it asked for this one, or since it was added: what it did then was for this. */
export async function workBegan(ctx: Ctx, merge: Merge, addedSeq = 0): Promise<number> {
  const { agent } = merge.data;
  const merges = back<Merged>(ctx, 'approval.merged', merge.seq);
  const last = await firstOf(merges, (data) => data.agent === agent);
  return Math.max(last?.seq ?? 0, addedSeq);
}

interface Work {
  readonly merge: Merge;
  readonly began: number;
}

export async function findQuestions(ctx: Ctx, { merge, began }: Work): Promise<Trace['questions']> {
  type Asked = EventData<typeof questions, 'question.asked'>;
  type Answered = EventData<typeof questions, 'question.answered'>;
  const { agent } = merge.data;
  const answers = new Map<string, Of<Answered>>();
  for await (const one of back<Answered>(ctx, 'question.answered', merge.seq)) {
    if (one.seq < began) break;
    if (one.data.asker === agent) answers.set(one.data.question, one);
  }
  const found: Trace['questions'] = [];
  for await (const { seq, atMs: askedMs, data } of back<Asked>(ctx, 'question.asked', merge.seq)) {
    if (seq < began || found.length === most.shown) break;
    if (data.asker !== agent) continue;
    const answered = answers.get(data.question);
    found.unshift({
      ...{ id: data.question, text: data.text, to: data.to, askedMs },
      ...(answered && { answer: sayAnswer(answered.data), answeredBy: answered.actor }),
    });
  }
  return found;
}

function sayAnswer({
  answer: { choices, text },
}: {
  answer: { choices: string[]; text?: string | undefined };
}) {
  return [...choices, ...(text === undefined ? [] : [text])].join(', ');
}

/** Denials of what the agent asked for before, which led to what was merged. */
export async function findNotes(ctx: Ctx, { merge, began }: Work): Promise<Trace['notes']> {
  type Denied = EventData<Approvals, 'approval.denied'>;
  const notes: Trace['notes'] = [];
  for await (const { seq, atMs, actor: by, data } of back<Denied>(
    ctx,
    'approval.denied',
    merge.seq,
  )) {
    if (seq < began || notes.length === most.shown) break;
    const { agent, approval, note: text } = data;
    if (agent === merge.data.agent) notes.unshift({ approval, verdict: 'denied', by, text, atMs });
  }
  return notes;
}

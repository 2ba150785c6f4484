/** Trace: why a line is there. It keeps nothing of its own: git says by which commit it came, the log all the rest. */
import { type Trace, trace as contract } from '../../../preload/contract/trace.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Feature, QueryContext } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { findAgent, findApproval, findMerge, findNotes, findQuestions, workBegan } from './find.ts';
import type { Lines } from './ports.ts';

export function traceFeature({ lines }: { readonly lines: Lines }): Feature {
  return feature(contract, {
    initial: {},
    version: 1,
    commands: {},
    queries: { 'trace.why': (data, ctx) => why(lines, data, ctx) },
    reduce: {},
  });
}

async function why(
  lines: Lines,
  { place, at }: { place: string; at?: string | undefined },
  ctx: QueryContext<object>,
): Promise<Result<Trace>> {
  const split = place.lastIndexOf(':');
  const [path, line] = [place.slice(0, split), Number(place.slice(split + 1))];
  const { text, ...commit } = await lines.blame({ path, line, at, signal: ctx.signal });
  const known = { path, line, text, commit };
  const merge = await findMerge(ctx, commit.id, () =>
    lines.broughtBy({ commit: commit.id, at, signal: ctx.signal }),
  );
  if (merge === undefined) {
    const unknown = [
      `No Musher of this repository merged commit ${commit.id.slice(0, 10)}: it was there before, came from elsewhere, or was committed by hand.`,
    ];
    return ok({ ...known, questions: [], notes: [], unknown });
  }
  const found = await findApproval(ctx, merge);
  const agent = await findAgent(ctx, merge);
  const began = await workBegan(ctx, { ...merge, seq: found.askedSeq }, agent?.seq);
  const questions = await findQuestions(ctx, { merge, began });
  const notes = await findNotes(ctx, { merge, began });
  const unknown = [
    ...(found.isWhole ? [] : ['The request or the yes of its approval is not in the log.']),
    ...(agent === undefined ? [sayNoAgent(merge.data.agent)] : []),
    ...(agent !== undefined && agent.said.prompt === undefined
      ? [
          `${agent.said.id} was started without a prompt; what it was told in its terminal is in its recording.`,
        ]
      : []),
  ];
  const approval = found.approval;
  return ok({ ...known, approval, ...(agent && { agent: agent.said }), questions, notes, unknown });
}

function sayNoAgent(agent: string): string {
  return agent === 'operator'
    ? 'No agent made it: the operator had a merge taken back.'
    : `When ${agent} was added is not in the log.`;
}

/** Stories on their way, and in a sentence what each waits for. */
import type { QueryResult } from '../../../preload/contract/define.ts';
import type { landing as contract } from '../../../preload/contract/landing.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import type { LandingPorts } from './ports.ts';
import { type LandingState, openReview, toRecord } from './slice.ts';
import { viewOf, type View } from './view.ts';

const shown: ReadonlySet<string> = new Set(['qa', 'merge', 'merge_failed']);

export async function listLanding(
  ports: LandingPorts,
  { state, hub, nowMs }: QueryContext<LandingState>,
): Promise<Result<QueryResult<typeof contract, 'landing.list'>>> {
  const rows = state.byId.values().filter(({ stage }) => shown.has(stage));
  const views = rows.flatMap(
    ({ id }) => viewOf({ id, hub, ports, trouble: () => undefined, nowMs }) ?? [],
  );
  return ok({
    stories: views.map((view) => ({
      ...toRecord(view.row),
      title: view.story.title,
      ...(view.story.agent !== undefined && { agent: view.story.agent }),
      waitsFor: waitsFor(view),
    })),
  });
}

export function waitsFor(view: View): string {
  const { row, story, approval, gates } = view;
  if (row.stage === 'merge_failed')
    return row.mender ? `${row.mender.agent}, its merge agent` : 'what follows its failure';
  if (row.left !== undefined) return `the operator: ${row.left}`;
  if (row.commit !== undefined && approval === undefined)
    return story.agent === undefined ? 'an agent: it is nobody’s' : 'its request';
  if (approval?.state === 'approved') return 'its turn in the merge queue';
  if (approval?.state === 'merging') return 'its merge';
  if (approval?.state !== 'pending') return 'what follows';
  const review = openReview(row);
  if (gates.state === 'running') return 'its gates';
  if (review !== undefined) return `${review.reviewer}, who reviews it`;
  const why = approval.leftBecause === undefined ? '' : `: ${approval.leftBecause}`;
  return approval.considering === undefined ? `the operator${why}` : 'its review';
}

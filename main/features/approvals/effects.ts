/** The work behind approvals: pinning and merging. Both can be done twice without harm. */
import type { ByStory } from '../../../preload/contract/approval-stories.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import { isConflict, mergeFailureKindOf } from '../../../preload/contract/merge-failures.ts';
import type { MergeStrategy } from '../../../preload/contract/merge-queue.ts';
import { wireOf } from '../../base/result.ts';
import type { EffectContext, EffectHandler } from '../../hub/feature.ts';
import { considerEffect, withRule } from './delegation/effects.ts';
import type { MergeGates, ResultCheck, Review, ReviewSettings } from './ports.ts';
import { selectApprovals } from './slice.ts';

export interface MergePorts {
  readonly review: Review;
  readonly gates: MergeGates;
  readonly settings: () => ReviewSettings;
}

export interface MergeData {
  readonly approval: string;
  readonly pin: Pin;
  readonly title: string;
  readonly agent: string;
  readonly updateCheckout: boolean;
  /** Why it is merged though gates have not passed. */
  readonly overrideGates?: string | undefined;
  /** Absent in what a Musher without strategies left to do. */
  readonly strategy?: MergeStrategy;
  readonly event?: number;
  /** The rule by which it was approved. */
  readonly rule?: string | undefined;
  /** The story that it merges, and by which of its reviews it was approved. */
  readonly story?: string | undefined;
  readonly byStory?: ByStory | undefined;
}

export function approvalEffects(ports: MergePorts): Readonly<Record<string, EffectHandler<never>>> {
  const { review, gates, settings } = ports;
  const keep: EffectHandler<{ approval: string; commit: string }> = {
    async run(data) {
      await review.pin(data.approval, data.commit);
      return undefined;
    },
    failed: ({ approval }, error) => ({
      type: 'approval.unpinned',
      data: { approval, error: wireOf(error) },
    }),
  };
  const merge: EffectHandler<MergeData> = {
    async run({ overrideGates, strategy = 'merge', story, byStory, ...data }, ctx) {
      const { approval } = data;
      const { target } = data.pin;
      const { signal } = ctx;
      // What a Musher without a queue left to do has not begun yet.
      if (selectApprovals(ctx.hub).byId.get(approval)?.state === 'approved')
        await ctx.dispatch({ type: 'approval.merging', data: { approval } });
      const work = (check?: ResultCheck) =>
        review.merge({
          ...data,
          story,
          strategy,
          signal,
          check: sealing(
            { ctx, story, ...data },
            withRule({ ...ports, signal }, { ...data, byStory }, check),
          ),
        });
      const result =
        overrideGates === undefined
          ? await gates.pass({ approval, target, ctx }, work)
          : await work();
      const { push } = settings();
      const facts = { approval, ...result, ...(push !== undefined && { push }) };
      return { type: 'approval.merged', data: facts };
    },
    failed(data, error) {
      const wire = wireOf(error);
      const isOfFiles = isConflict(mergeFailureKindOf(wire.code));
      const conflicts = isOfFiles ? conflictFiles(wire.details) : undefined;
      return { type: 'approval.failed', data: { approval: data.approval, error: wire, conflicts } };
    },
  };
  const forget: EffectHandler<{ approval: string }> = {
    async run({ approval }) {
      await review.forgetResult(approval);
      return undefined;
    },
  };
  return {
    'approval.pin': keep,
    'approval.consider': considerEffect(ports),
    'approval.merge': merge,
    'approval.forget_result': forget,
  } as Record<string, EffectHandler<never>>;
}

interface Sealing {
  readonly ctx: EffectContext;
  readonly approval: string;
  readonly pin: Pin;
  readonly story: string | undefined;
}

/** The last check of what a story merges: whoever took it out of the line meanwhile is heard, and from then on nobody can. */
function sealing(
  { ctx, approval, pin: { commit }, story }: Sealing,
  check: ResultCheck | undefined,
): ResultCheck | undefined {
  if (story === undefined) return check;
  return async (result) => {
    await check?.(result);
    await ctx.dispatch({ type: 'story.seal', data: { story, commit, approval } });
  };
}

function conflictFiles(details: Readonly<Record<string, unknown>> | undefined): string[] {
  const files = details?.files;
  if (Array.isArray(files)) return files.filter((file): file is string => typeof file === 'string');
  return typeof files === 'string' ? files.split(', ') : [];
}

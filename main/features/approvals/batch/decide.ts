/**
 * Several yeses decided one after the other, each against what the one before left, and all of it one commit: what was refused
 * takes nothing from the others.
 */
import { toSeen } from '../../../../preload/contract/approval-batch.ts';
import type { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { CommandData, CommandResult } from '../../../../preload/contract/define.ts';
import { MusherError, ok, type Result } from '../../../base/result.ts';
import type { DecideContext, Decision, NewEvent, PrepareContext } from '../../../hub/feature.ts';
import { lookBeforeYes, type YesPorts } from '../before-yes.ts';
import type { ApproveFacts } from '../ports.ts';
import { foldAhead, thenBegin } from '../queue/decide.ts';
import type { ApprovalsState } from '../slice.ts';
import { requireYes, type Yes } from '../yes.ts';

type Ctx = DecideContext<ApprovalsState>;
type Data = CommandData<typeof contract, 'approval.approve_many'>;
type Answer = CommandResult<typeof contract, 'approval.approve_many'>;

/** Of each item, in their order; what could not be looked at refuses its own item alone. */
export type BatchFacts = ReadonlyArray<Result<ApproveFacts>>;

/** So many are looked at at once: each asks git. */
const atOnce = 4;

export async function lookBeforeYeses(
  ports: YesPorts,
  data: Data,
  ctx: PrepareContext,
): Promise<Result<BatchFacts>> {
  const facts: Array<Result<ApproveFacts>> = [];
  const yeses = toYeses(data);
  for (let at = 0; at < yeses.length; at += atOnce)
    facts.push(
      ...(await Promise.all(yeses.slice(at, at + atOnce).map((yes) => lookAt(ports, yes, ctx)))),
    );
  return ok(facts);
}

async function lookAt(
  ports: YesPorts,
  yes: Yes,
  ctx: PrepareContext,
): Promise<Result<ApproveFacts>> {
  try {
    return await lookBeforeYes(ports, yes, ctx);
  } catch (error) {
    if (ctx.signal.aborted || !(error instanceof MusherError)) throw error;
    return { ok: false, error: error.wire };
  }
}

export function decideApproveMany(
  ctx: Ctx,
  data: Data,
  facts: BatchFacts,
): Result<Decision<Answer>> {
  const events: NewEvent[] = [];
  const targets = new Set<string>();
  const results = toYeses(data).map((yes, at): Answer['results'][number] => {
    const known = facts[at] ?? ok({ strategy: 'merge', after: [], ahead: [] });
    const taken = known.ok ? requireYes(foldAhead(ctx, events), yes, known.value) : known;
    const { approval } = yes;
    if (!taken.ok) return { approval, error: taken.error };
    events.push(taken.value.event);
    targets.add(taken.value.target);
    return { approval };
  });
  return thenBegin(ctx, [...targets], { result: { results, approved: events.length }, events });
}

function toYeses({ items, note, updateCheckout, strategy }: Data): Yes[] {
  return items.map((item) => ({ updateCheckout, strategy, note, ...defined(toSeen(item)) }));
}

/** What an item leaves out is what the command says for all. */
function defined<T extends object>(item: T): T {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as T;
}

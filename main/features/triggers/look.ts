/** Looks at each event of the log for the triggers that it fits. What really fires is decided later, in order: see fire.ts. */
import type { Life } from '../../hub/feature.ts';
import type { Led, Look } from '../../hub/look.ts';
import { chainOf, fireId, noteId } from './chain.ts';
import { fitsPlainly } from './match.ts';
import { MatchIndex } from './match-index.ts';
import { payloadOf } from './payload.ts';
import { fill } from './placeholders.ts';
import type { Expressions, Verdict } from './ports.ts';
import { type Armed, mayFire, type TriggersState } from './slice.ts';
import { Subject } from './subject.ts';

type LookLife = Pick<Life<TriggersState>, 'state' | 'log' | 'describe'>;
type Command = Led[number];

export function triggerLook(expressions: Expressions, life: LookLife): Look {
  const index = new MatchIndex();
  return (event) => {
    const { armed, byId } = life.state();
    if (armed.size === 0) return [];
    const subject = new Subject(event);
    const fitting = index
      .of(armed, subject)
      .filter((one) => fitsPlainly(one, subject) && mayFire(byId.get(one.id), event));
    if (fitting.length === 0) return [];
    const sure = new Set(fitting.filter(({ where }) => where === undefined));
    const fires = new Fires(subject, life);
    if (sure.size === fitting.length) return fitting.map((one) => fires.of(one));
    return proven(fitting, expressions, subject).then((all) =>
      all.flatMap(({ one, verdict }) => toCommand(one, { verdict, fires, life })),
    );
  };
}

interface Proven {
  readonly one: Armed;
  readonly verdict: Verdict;
}

/** In the order of the triggers, whether or not they have an expression. */
async function proven(
  fitting: readonly Armed[],
  expressions: Expressions,
  subject: Subject,
): Promise<Proven[]> {
  const asked = fitting.filter(({ where }) => where !== undefined);
  const texts = asked.map(({ where }) => where ?? '');
  const verdicts = await expressions.evaluate(texts, subject.plain);
  const byTrigger = new Map(asked.map((one, at) => [one, verdicts[at] ?? false]));
  return fitting.map((one) => ({ one, verdict: byTrigger.get(one) ?? one.where === undefined }));
}

interface Known {
  readonly verdict: Verdict;
  readonly fires: Fires;
  readonly life: LookLife;
}

function toCommand(one: Armed, { verdict, fires, life }: Known): Command[] {
  if (verdict === true) return [fires.of(one)];
  if (verdict === false) return [];
  // Said once; asking again would be for nothing.
  const notes = life.state().byId.get(one.id)?.notes ?? [];
  const isTold = notes.some(({ kind }) => kind === 'expression');
  if (isTold && !verdict.isGivenUp) return [];
  const { seq, type } = fires.subject.event;
  const text = `Whether event ${seq} (${type}) fits could not be said: ${verdict.fault}`;
  const data = {
    ...{ trigger: one.id, seq, text },
    ...(verdict.isGivenUp && { isGivenUp: true as const }),
  };
  return [{ type: 'trigger.note', data, id: noteId(one.id, seq) }];
}

const lineChars = 500;

/** Of one event, by all triggers that it fits: what is the same for them is found once. */
class Fires {
  readonly subject: Subject;
  private readonly life: LookLife;
  private chain: readonly string[] | undefined;

  constructor(subject: Subject, life: LookLife) {
    this.subject = subject;
    this.life = life;
  }

  of({ id }: Armed): Command {
    const { subject, life } = this;
    const { seq, type, atMs } = subject.event;
    this.chain ??= chainOf(subject.event, life.log);
    const { action: wanted, name = id } = life.state().byId.get(id) ?? {};
    const action = wanted === undefined ? { fault: 'it is gone' } : fill(wanted, subject.plain);
    const isSent = 'kind' in action && action.kind === 'webhook';
    const text = () => life.describe(subject.event).slice(0, lineChars);
    const data = {
      ...{ trigger: id, seq, type, atMs, chain: this.chain, action },
      ...(isSent && { payload: payloadOf({ trigger: { id, name }, subject, text: text() }) }),
    };
    return { type: 'trigger.fire', data, id: fireId(id, seq) };
  }
}

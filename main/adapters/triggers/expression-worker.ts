/** The thread that expressions of triggers are evaluated in. One that takes too long is ended from outside, with all of it. */
import { parentPort } from 'node:worker_threads';
import { compileExpression, faultOf } from './expression.ts';
import { type Batch, type FromExpressions, verdictCodes } from './expression-protocol.ts';

type Compiled = ReturnType<typeof compileExpression>;
/** What a compiled one takes. */
type Subject = Parameters<Compiled>[0];

const remembered = 2_000;
const known = new Map<string, Compiled>();

function compiled(text: string): Compiled {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= remembered) known.clear();
  const made = compileExpression(text);
  known.set(text, made);
  return made;
}

function tell(message: FromExpressions): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (batch: Batch) => {
  const { id, texts, subjects, pairs, from, verdicts, at } = batch;
  let parsed = { at: -1, subject: undefined as Subject };
  for (let index = from; index * 2 < pairs.length; index++) {
    // Known before: too slow.
    if (verdicts[index] !== verdictCodes.open) continue;
    Atomics.store(at, 0, index);
    // Those of one event stand beside each other.
    const subjectAt = pairs[index * 2] ?? 0;
    if (parsed.at !== subjectAt)
      parsed = { at: subjectAt, subject: JSON.parse(subjects[subjectAt] ?? 'null') as Subject };
    const text = texts[pairs[index * 2 + 1] ?? 0] ?? '';
    try {
      const value: unknown = compiled(text)(parsed.subject as Subject);
      if (typeof value !== 'boolean')
        throw new TypeError(`expected true or false, found ${typeof value}`);
      verdicts[index] = value ? verdictCodes.yes : verdictCodes.no;
    } catch (error) {
      verdicts[index] = verdictCodes.fault;
      tell({ batch: id, index, fault: faultOf(error) });
    }
  }
  tell({ batch: id, isDone: true });
});

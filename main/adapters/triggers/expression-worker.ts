/** The thread that expressions of triggers are evaluated in. One that takes too long is ended from outside, with all of it. */
import { parentPort } from 'node:worker_threads';
import { compileExpression, faultOf } from './expression.ts';
import { type Batch, type FromExpressions, verdictCodes } from './expression-protocol.ts';

type Compiled = ReturnType<typeof compileExpression>;

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
  for (let index = from; index * 2 < pairs.length; index++) {
    // Known before: too slow.
    if (verdicts[index] !== verdictCodes.open) continue;
    Atomics.store(at, 0, index);
    const text = texts[pairs[index * 2 + 1] ?? 0] ?? '';
    try {
      const value: unknown = compiled(text)(subjects[pairs[index * 2] ?? 0]);
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

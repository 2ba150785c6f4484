// Expressions of triggers without their thread: asked in the same way, answered in the same turn.

import {
  checkExpression,
  compileExpression,
  faultOf,
} from '../../main/adapters/triggers/expression.ts';
import type { Expressions, Verdict } from '../../main/features/triggers/ports.ts';

/** `endless` stands for one that takes too long, as it would each time. */
const endless = '"endless" == "endless"';

export function playedExpressions(): Expressions {
  return {
    check: checkExpression,
    evaluate: async (texts, subject) =>
      texts.map((text): Verdict => {
        if (text === endless) return { fault: 'it took longer than 500 ms', isGivenUp: true };
        try {
          return compileExpression(text)(subject) === true;
        } catch (error) {
          return { fault: faultOf(error) };
        }
      }),
    close: async () => undefined,
  };
}

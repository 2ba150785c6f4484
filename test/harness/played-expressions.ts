// Expressions of triggers without their thread: asked in the same way, answered in the same turn.

import {
  checkExpression,
  compileExpression,
  faultOf,
} from '../../main/adapters/triggers/expression.ts';
import type { Expressions, Verdict } from '../../main/features/triggers/ports.ts';

export function playedExpressions(): Expressions {
  return {
    check: checkExpression,
    evaluate: async (texts, subject) =>
      texts.map((text): Verdict => {
        try {
          return compileExpression(text)(subject) === true;
        } catch (error) {
          return { fault: faultOf(error) };
        }
      }),
    close: async () => undefined,
  };
}

/** What triggers need from the outside. */
import type { SubjectData } from './subject.ts';

export type { SubjectData };

/** Whether an event fits an expression, or why that could not be said. */
export type Verdict =
  | boolean
  | {
      readonly fault: string;
      /** It took too long, or too much memory: the expression is not asked again before it is another. */
      readonly isGivenUp?: true;
    };

/** Where an expression cannot be read: counted from 1. */
export interface ExpressionFault {
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly found: string;
  readonly reason: string;
}

export interface Expressions {
  /** Whether it can be read and says true or false, as far as that is known without an event. */
  check(expression: string): ExpressionFault | undefined;
  /**
   * Of each expression whether the event fits it, beside the loop, each within its bound of time. Never rejects but with SHUTTING_DOWN, once
   * it is closed.
   */
  evaluate(expressions: readonly string[], subject: SubjectData): Promise<readonly Verdict[]>;
  close(): Promise<void>;
}

export interface Delivery {
  readonly url: string;
  /** JSON. */
  readonly body: string;
  /** The same each time that the same is sent: whoever gets it twice can tell. */
  readonly key: string;
  readonly signal: AbortSignal;
}

export interface Webhooks {
  /** Sends it, again where that may help; says what came of it. Rejects with WEBHOOK_FAILED. */
  send(delivery: Delivery): Promise<string>;
}

export interface TriggersPorts {
  readonly expressions: Expressions;
  readonly webhooks: Webhooks;
}

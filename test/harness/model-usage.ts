// What the stand-in of the model says that its answers used: another number each time, so that no two sums agree by chance.

export interface Usage {
  /** What was read anew. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly requests: number;
}

const none: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 0 };

export class UsageBook {
  private readonly byModel = new Map<string, Usage>();
  private answers = 0;

  /** Of the next answer. `isKept`: it is of a conversation. */
  next(model: string, isKept: boolean): Usage {
    this.answers += 1;
    const at = this.answers;
    const usage = {
      ...{ input: 1_000 + 7 * at, output: 100 + 11 * at },
      ...{ cacheRead: 5_000 + 13 * at, cacheWrite: 300 + 17 * at, requests: 1 },
    };
    const counted = /^claude/.test(model) ? usage : { ...usage, cacheWrite: 0 };
    if (isKept) this.byModel.set(model, plus(this.of(model), counted));
    return counted;
  }

  of(model: string): Usage {
    return this.byModel.get(model) ?? none;
  }
}

function plus(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    requests: a.requests + b.requests,
  };
}

export function anthropicUsage({ input, output, cacheRead, cacheWrite }: Usage): object {
  return {
    ...{ input_tokens: input, output_tokens: output },
    ...{ cache_read_input_tokens: cacheRead, cache_creation_input_tokens: cacheWrite },
  };
}

/** Its input has the cache's part in it. */
export function openaiUsage({ input, output, cacheRead }: Usage): object {
  const all = input + cacheRead;
  return {
    ...{ input_tokens: all, output_tokens: output, total_tokens: all + output },
    input_tokens_details: { cached_tokens: cacheRead },
    output_tokens_details: { reasoning_tokens: 0 },
  };
}

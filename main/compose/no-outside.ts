/** An outside that is not there: for who builds features only to fold with them. Using any of it is a defect. */
import { BugError } from '../base/assert.ts';
import type { Outside } from './features.ts';

export function noOutside(): Outside {
  return missing('outside') as unknown as Outside;
}

function missing(name: string): object {
  return new Proxy(() => undefined, {
    get: (_target, key) => missing(`${name}.${String(key)}`),
    apply() {
      throw new BugError(`${name} was used where there is no outside`);
    },
  });
}

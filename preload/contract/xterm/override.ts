/**
 * Another way to do what xterm's handler does. Set once for all terminals of a page or process, on the prototype: a
 * handler with a dozen methods of its own is a slow object, and all of its parsing a third slower.
 */
import type { InputHandler } from './insides.ts';

type Method<Args extends unknown[]> = (handler: InputHandler, ...args: Args) => unknown;

/** `make` gets the method as it was. */
export function override<Args extends unknown[]>(
  prototype: InputHandler,
  name: string,
  make: (before: Method<Args>) => Method<Args>,
): void {
  const before = prototype[name] as (...args: Args) => unknown;
  const method = make((handler, ...args) => before.apply(handler, args));
  prototype[name] = function (this: InputHandler, ...args: Args) {
    return method(this, ...args);
  };
}

export function after(
  prototype: InputHandler,
  name: string,
  then: (handler: InputHandler) => void,
): void {
  override(prototype, name, (before) => (handler, ...args) => {
    const result = before(handler, ...args);
    then(handler);
    return result;
  });
}

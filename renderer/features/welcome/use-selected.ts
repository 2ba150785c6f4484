import { type RefObject, useLayoutEffect, useRef } from 'react';

/** What comes from elsewhere is a guess or a choice: the next key replaces it. */
export function useSelected(typed: string): {
  field: RefObject<HTMLInputElement | null>;
  byHand(text: string): void;
} {
  const field = useRef<HTMLInputElement>(null);
  const own = useRef('');
  useLayoutEffect(() => {
    if (typed !== own.current) field.current?.select();
    own.current = typed;
  }, [typed]);
  return {
    field,
    byHand(text) {
      own.current = text;
    },
  };
}

/** A field whose words are asked for while they are typed. */
import { useEffect, useRef, useState } from 'react';

/** Each letter is another question: it is asked when the typing pauses, milliseconds. */
const pauseMs = 120;

/** What is typed, at once, and told after a pause. */
export function useTyped(value: string, onTyped: (value: string) => void) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(onTyped);
  useEffect(() => {
    latest.current = onTyped;
  });
  // Changed from outside: cleared, or another address.
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    clearTimeout(timer.current);
    setTyped(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      told.current = next;
      latest.current(next);
    }, pauseMs);
  };
  return [typed, type] as const;
}

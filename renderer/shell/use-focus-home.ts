/**
 * A view's keys work while something in it has the keyboard. When nothing has it (what had it is gone, or an empty
 * place was clicked), its home gets it: a list, or what stands there when the list is empty. While something lies
 * over the view, that gets it instead: a popover whose button was switched off by its press stays open.
 */
import { useEffect, useRef } from 'react';

export function useFocusHome(findHome: () => HTMLElement | null | undefined): void {
  const latest = useRef(findHome);
  // After each change of the view: what had the keyboard may be gone by it.
  useEffect(() => {
    latest.current = findHome;
    goHome(findHome);
  });
  useEffect(() => {
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      // While the keyboard passes from one to the other, nothing has it.
      frame = requestAnimationFrame(() => goHome(latest.current));
    };
    document.addEventListener('focusout', look);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('focusout', look);
    };
  }, []);
}

/** What lies over the view, as Radix marks it. */
const overlays = ['dialog', 'alertdialog', 'menu', 'listbox']
  .map((role) => `[role="${role}"][data-state="open"]`)
  .join();

function goHome(findHome: () => HTMLElement | null | undefined): void {
  const { activeElement, body } = document;
  if (activeElement !== null && activeElement !== body) return;
  const overlay = [...document.querySelectorAll<HTMLElement>(overlays)].at(-1);
  (overlay ?? findHome())?.focus({ preventScroll: true });
}

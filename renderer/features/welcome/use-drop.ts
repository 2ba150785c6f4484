/** A folder that is dropped anywhere on the page. Only the desktop app may know where it is. */
import { useEffect, useRef, useState } from 'react';
import { showDone } from '../../ui/toast.tsx';

/** True while something is held over the page. */
export function useDrop(onDropped: (path: string) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef(onDropped);
  useEffect(() => {
    latest.current = onDropped;
  });
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setIsOver(false);
    const drop = (event: DragEvent) => {
      const [file] = event.dataTransfer?.files ?? [];
      if (file === undefined) return;
      event.preventDefault();
      setIsOver(false);
      const path = window.musher?.pathOf(file) ?? '';
      if (path === '') showDone('A browser tells no page where a folder is; type its path.');
      else latest.current(path);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}

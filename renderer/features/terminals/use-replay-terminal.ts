/** Makes a replay for an element, in the page's colours, and as large as fits into what is around it. */
import { type RefObject, useEffect, useState } from 'react';
import { ReplayTerminal } from './replay-terminal.ts';
import { startPainter } from './terminal-painter.ts';
import { readFontFamily, readLeastContrast, readTheme, themeAttributes } from './terminal-theme.ts';

const fontPx = 13;

export function useReplayTerminal(
  element: RefObject<HTMLElement | null>,
  frame: RefObject<HTMLElement | null>,
): ReplayTerminal | undefined {
  const [replay, setReplay] = useState<ReplayTerminal>();
  useEffect(() => {
    const host = element.current;
    const around = frame.current;
    if (host === null || around === null) return;
    const look = () => ({
      theme: readTheme(host),
      fontFamily: readFontFamily(host),
      fontSize: fontPx,
      minimumContrastRatio: readLeastContrast(host),
    });
    const made = new ReplayTerminal(look());
    made.open(host);
    const painter = startPainter(made.terminal, host);
    const observer = new MutationObserver(() => {
      made.terminal.options = look();
      painter.refresh();
    });
    observer.observe(document.documentElement, { attributeFilter: themeAttributes });
    const stopFitting = fitInto(host, around);
    setReplay(made);
    return () => {
      stopFitting();
      observer.disconnect();
      painter.dispose();
      made.dispose();
      setReplay(undefined);
    };
  }, [element, frame]);
  return replay;
}

/** It has the size of what was recorded, and is shown smaller where that is too large. */
function fitInto(host: HTMLElement, around: HTMLElement): () => void {
  const fit = () => {
    const screen = host.querySelector<HTMLElement>('.xterm-screen');
    if (screen === null || screen.offsetWidth === 0) return;
    const { clientWidth, clientHeight } = around;
    const scale = Math.min(1, clientWidth / screen.offsetWidth, clientHeight / screen.offsetHeight);
    host.style.width = `${screen.offsetWidth}px`;
    host.style.height = `${screen.offsetHeight}px`;
    host.style.transform = scale === 1 ? '' : `scale(${scale})`;
  };
  const observer = new ResizeObserver(fit);
  observer.observe(around);
  const screen = host.querySelector('.xterm-screen');
  if (screen !== null) observer.observe(screen);
  return () => observer.disconnect();
}

/**
 * Paints by WebGL as long as there is a graphics context for it, else by the DOM, in cells of the same size; and
 * keeps the letters clean.
 */
import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';
import { keepCellsWhole } from './cell-size.ts';
import { ContextPool } from './context-pool.ts';
import { shareLetterWidths } from './letter-widths.ts';

export interface Painter {
  /** Forgets all drawn letters: they spoil when the screen's density, the font or the graphics memory changes. */
  refresh(): void;
  dispose(): void;
}

/** Of the sixteen that browsers give, so that a second page in the same process can have as many. */
const maxContexts = 8;
/** Contexts are counted over the whole page. */
const pool = new ContextPool(maxContexts);
/** All terminals of one look draw from one atlas of letters: it is forgotten for all at once, or some show garbage. */
const painted = new Map<Terminal, WebglAddon>();
let isForgetting = false;

/** The terminal must be open in the element. */
export function startPainter(terminal: Terminal, element: HTMLElement): Painter {
  shareLetterWidths(terminal);
  keepCellsWhole(terminal);
  let stop: (() => void) | undefined;
  const seat = pool.join({
    grant() {
      stop = paintByWebgl(terminal, () => seat.lost());
      return stop !== undefined;
    },
    revoke() {
      stop?.();
      stop = undefined;
    },
  });
  const stopWatching = watchSight(element, (isSeen) => seat.show(isSeen));
  const use = () => seat.use();
  terminal.textarea?.addEventListener('focus', use);
  return {
    refresh() {
      forgetLetters();
      terminal.refresh(0, terminal.rows - 1);
    },
    dispose() {
      terminal.textarea?.removeEventListener('focus', use);
      stopWatching();
      seat.leave();
    },
  };
}

/** Returns the end of it, after which xterm paints by the DOM; undefined when the browser has no context. */
function paintByWebgl(terminal: Terminal, onLoss: () => void): (() => void) | undefined {
  const addon = new WebglAddon();
  const before = new Set(canvasesOf(terminal));
  try {
    terminal.loadAddon(addon);
  } catch {
    addon.dispose();
    return undefined;
  }
  const canvas = canvasesOf(terminal).find((one) => !before.has(one) && contextOf(one));
  // xterm would wait three seconds for it to come back, and show a broken picture meanwhile.
  const handleLoss = (event: Event) => {
    event.stopImmediatePropagation();
    onLoss();
  };
  canvas?.addEventListener('webglcontextlost', handleLoss, { capture: true });
  painted.set(terminal, addon);
  return () => {
    canvas?.removeEventListener('webglcontextlost', handleLoss, { capture: true });
    painted.delete(terminal);
    addon.dispose();
    if (canvas) freeContext(canvas);
  };
}

/** The browser counts a context until its canvas is collected as garbage, unless it is lost on purpose. */
function freeContext(canvas: HTMLCanvasElement): void {
  contextOf(canvas)?.getExtension('WEBGL_lose_context')?.loseContext();
  canvas.width = 0;
  canvas.height = 0;
}

function canvasesOf(terminal: Terminal): HTMLCanvasElement[] {
  return [...(terminal.element?.querySelectorAll('canvas') ?? [])];
}

/** Null for a canvas that is painted otherwise. */
function contextOf(canvas: HTMLCanvasElement): WebGL2RenderingContext | null {
  return canvas.getContext('webgl2');
}

/** Once for all that ask in one go: each of the terminals of a page is told of the same change. */
function forgetLetters(): void {
  if (isForgetting) return;
  isForgetting = true;
  queueMicrotask(() => {
    isForgetting = false;
    for (const addon of painted.values()) addon.clearTextureAtlas();
  });
}

/** In sight: the page is shown, and the element is on the screen. */
function watchSight(element: HTMLElement, onChange: (isSeen: boolean) => void): () => void {
  let isOnScreen = true;
  const tell = () => onChange(isOnScreen && document.visibilityState === 'visible');
  const observer = new IntersectionObserver((entries) => {
    isOnScreen = entries.at(-1)?.isIntersecting ?? false;
    tell();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', tell);
  tell();
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', tell);
  };
}

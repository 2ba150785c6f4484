/** Paints by WebGL where it can, else by the DOM; and keeps the letters clean. */
import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';

export interface Painter {
  /** Forgets all drawn letters: they spoil when the screen's density, the font or the graphics memory changes. */
  refresh(): void;
  dispose(): void;
}

/** The terminal must be open. `onFallback`: from now on it is painted otherwise, in cells of another size. */
export function startPainter(terminal: Terminal, onFallback: () => void): Painter {
  let addon = tryWebgl(terminal, () => {
    // The browser took the context away, as it does beyond sixteen or after sleep. xterm goes over to the DOM.
    addon?.dispose();
    addon = undefined;
    onFallback();
  });
  return {
    refresh() {
      addon?.clearTextureAtlas();
      terminal.refresh(0, terminal.rows - 1);
    },
    dispose() {
      addon?.dispose();
      addon = undefined;
    },
  };
}

function tryWebgl(terminal: Terminal, onLoss: () => void): WebglAddon | undefined {
  const addon = new WebglAddon();
  try {
    terminal.loadAddon(addon);
    addon.onContextLoss(onLoss);
    return addon;
  } catch {
    addon.dispose();
    return undefined;
  }
}

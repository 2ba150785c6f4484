import { BadgeCheck, Keyboard, PanelLeft, RefreshCw } from 'lucide-react';
import { useMemo } from 'react';
import { useHub } from '../hub/hub-context.tsx';
import { toWireErrorOf } from '../hub/wire-error.ts';
import type { Bridge } from '../hub/bridge.ts';
import { showDone, showError } from '../ui/toast.tsx';
import { views } from '../views.ts';
import { leadingCommands } from './leading-commands.ts';
import { chooseTheme } from './theme.ts';
import { themes } from './themes.ts';
import { toggleOverlay, toggleSidebar } from './ui-state.ts';
import type { PaletteCommand } from './view.ts';

/** Every command of the app while the palette is open: what the views offer, and the app's own. */
export function useAllCommands(): readonly PaletteCommand[] {
  const { bridge } = useHub();
  const own = useMemo(() => appCommands(bridge), [bridge]);
  // biome-ignore lint/correctness/useHookAtTopLevel: the views are a constant list, so the order never changes
  const ofViews = views.flatMap((view) => view.usePaletteCommands?.() ?? []);
  return [...ofViews, ...leadingCommands, ...own];
}

function appCommands(bridge: Bridge): PaletteCommand[] {
  const section = 'Musher';
  return [
    {
      id: 'verify',
      title: 'Verify the log',
      section,
      icon: BadgeCheck,
      keywords: ['hash', 'audit', 'chain'],
      run: () => void verifyLog(bridge),
    },
    {
      id: 'shortcuts',
      title: 'Show and change shortcuts',
      section,
      icon: Keyboard,
      shortcut: '?',
      keywords: ['keys', 'help', 'keymap', 'keybindings', 'rebind'],
      run: () => toggleOverlay('shortcuts'),
    },
    {
      id: 'sidebar',
      title: 'Show or hide the sidebar',
      section,
      icon: PanelLeft,
      shortcut: 'Mod+B',
      run: toggleSidebar,
    },
    ...themes.map(
      ({ choice, label, icon }): PaletteCommand => ({
        ...{ id: `theme ${choice}`, title: `Theme: ${label.toLowerCase()}`, section, icon },
        keywords: ['colours', 'colors', 'appearance', 'accessibility'],
        run: () => chooseTheme(choice),
      }),
    ),
    {
      id: 'reload',
      title: 'Reload the page',
      section,
      icon: RefreshCw,
      run: () => location.reload(),
    },
  ];
}

async function verifyLog(bridge: Bridge): Promise<void> {
  try {
    const { ok, head, brokenAt, reason } = await bridge.query('log.verify', {});
    if (ok)
      showDone(`The log is whole: ${head.toLocaleString()} events, each linked to the one before.`);
    else
      showError({
        code: 'LOG_BROKEN',
        message: `The chain of the log is broken at event ${brokenAt}.`,
        mend: reason ?? 'Keep a copy of the log and compare it with a backup.',
      });
  } catch (thrown) {
    showError(toWireErrorOf(thrown));
  }
}

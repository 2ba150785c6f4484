/** Where this project is registered at a gateway: a word in the status bar, and the way there. */
import { LayoutGrid } from 'lucide-react';
import { rendezvousStates } from '../../../preload/contract/say-node.ts';
import { useLive } from '../../hub/use-records.ts';
import type { PaletteCommand } from '../../shell/view.ts';

/** For the status bar; empty where it is registered nowhere. */
export function useGatewayStatus(): string {
  const link = useLive('gatewayLink', 'gateway');
  return link === undefined ? '' : `Gateway ${rendezvousStates[link.state]}`;
}

export function useGatewayCommands(): readonly PaletteCommand[] {
  const link = useLive('gatewayLink', 'gateway');
  if (link === undefined) return [];
  return [
    {
      id: 'open the gateway',
      title: 'Open the gateway with all projects',
      section: 'Projects',
      icon: LayoutGrid,
      detail: link.url,
      keywords: ['projects', 'overview', 'gateway'],
      run: () => void window.open(link.url, '_blank', 'noopener,noreferrer'),
    },
  ];
}

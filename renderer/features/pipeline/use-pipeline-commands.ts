import { Pause, Play, RotateCw } from 'lucide-react';
import { useCommand } from '../../hub/use-command.ts';
import { useLive } from '../../hub/use-records.ts';
import type { PaletteCommand } from '../../shell/view.ts';

/** For the palette of whichever view places the pipeline’s line. */
export function usePipelineCommands(): readonly PaletteCommand[] {
  const now = useLive('pipeline', 'now');
  const run = useCommand();
  if (now === undefined) return [];
  const start = () => void run('pipeline.start', {});
  const isStalled = now.reasons.some(({ why }) => why === 'stalled');
  const words = ['stories', 'auto-assign', 'agents'];
  const section = 'Pipeline';
  if (!now.isOn)
    return [
      {
        ...{ id: 'pipeline-start', title: 'Start the pipeline', section, icon: Play },
        ...{ detail: 'paused', keywords: words, run: start },
      },
    ];
  const pause = () => void run('pipeline.pause', {});
  return [
    {
      ...{ id: 'pipeline-pause', title: 'Pause the pipeline', section, icon: Pause },
      ...{ detail: 'running', keywords: words, run: pause },
    },
    ...(isStalled
      ? [
          {
            ...{ id: 'pipeline-retry', title: 'Try again what could not begin', section },
            ...{ icon: RotateCw, keywords: words, run: start },
          },
        ]
      : []),
  ];
}

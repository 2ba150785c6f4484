import type { StoryStage } from '../../../preload/contract/story-stages.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { stageDots, stageTitles } from './stage-words.ts';

interface StageMarkProps {
  /** As another machine says it: whatever is no stage is shown as text. */
  stage: string | undefined;
  /** As it was when that was last heard. */
  isOld?: boolean;
}

/** Where a story stands somewhere else. */
export function StageMark({ stage, isOld = false }: StageMarkProps) {
  if (stage === undefined) return null;
  if (!(stage in stageTitles)) return <UntrustedLine text={stage} />;
  const known = stage as StoryStage;
  const dot = isOld ? { ...stageDots[known], tone: 'muted' as const } : stageDots[known];
  return <StatusDot {...dot} word={stageTitles[known]} showWord />;
}

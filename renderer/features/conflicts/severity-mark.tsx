import type { Severity } from '../../../preload/contract/conflict-records.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { severities } from './conflict-words.ts';

/** How heavy it is, by shape, colour and word. */
export function SeverityMark({ severity, showWord }: { severity: Severity; showWord?: boolean }) {
  const { shape, tone, word } = severities[severity];
  return <StatusDot {...{ shape, tone, word }} showWord={showWord ?? false} />;
}

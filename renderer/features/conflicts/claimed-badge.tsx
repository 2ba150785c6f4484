import { Lock } from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';

/** Nobody else may change it until the time is over, or it is taken. */
export function ClaimedBadge() {
  return (
    <Badge tone="blue">
      <Lock size={12} aria-hidden />
      claimed
    </Badge>
  );
}

/** What timers need from outside. */
import type { Feature } from '../../hub/feature.ts';

export interface TimersPorts {
  /** Where this machine is: an IANA name. */
  readonly localZone: () => string;
  /** All features, for what else happens by itself. */
  readonly features: () => readonly Feature[];
}

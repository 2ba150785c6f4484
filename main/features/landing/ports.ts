/** What landing needs from the outside: settings, and the diff that a reviewing agent is shown. */
import type { Review } from '../approvals/index.ts';
import type { LandingSettings } from './settings.ts';

export interface LandingPorts {
  readonly review: Pick<Review, 'diff'>;
  readonly settings: () => LandingSettings;
  /** The required gates that are configured; and a file that was never good, so that nobody knows which are. */
  readonly gates: () => { readonly required: number; readonly unreadable: string | undefined };
  readonly onSettings: (listener: () => void) => () => void;
}

/** All features but the one that moves stories by itself: here they go where the test sends them. */
import type { Feature } from '../../main/hub/feature.ts';

export function byHand(features: readonly Feature[]): readonly Feature[] {
  return features.filter(({ contract }) => contract.name !== 'landing');
}

import { navigate } from '../../shell/ui-state.ts';

/** Shows an approval in the review, from wherever one is. */
export function openApproval(id: string): void {
  navigate('review', `approval/${id}`);
}

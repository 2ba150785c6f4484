/** What is wrong with a node's name before it is sent. */
import { nodeLabelSchema } from '../../../preload/contract/cluster-facts.ts';

/** As the contract says it; undefined when it will do. */
export function labelFault(label: string): string | undefined {
  const [issue] = nodeLabelSchema.safeParse(label).error?.issues ?? [];
  return issue?.message.replace(/^e/, 'E').concat('.');
}

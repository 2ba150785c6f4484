/** What is wrong with a project's name before it is sent. */
import { projectNameSchema } from '../../../preload/contract/gateway-facts.ts';

/** As the contract says it; undefined when it will do, or nothing is written yet. */
export function nameFault(name: string): string | undefined {
  if (name.trim() === '') return undefined;
  const [issue] = projectNameSchema.safeParse(name).error?.issues ?? [];
  return issue?.message.replace(/^e/, 'E').concat('.');
}

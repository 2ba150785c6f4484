/**
 * Data and results as the contract has them. The shape in the manifest says yes to what is surely well; what it leaves
 * open is for the contract's own schema, which is loaded then: nothing is refused, and nothing said, but by that.
 */
import type { z } from 'zod';
import { musherError } from '../base/result.ts';
import type { CapabilityType, ResultOf } from './format/formatter.ts';
import { manifest } from './manifest.ts';
import { fits } from './shape.ts';

/** The first thing that is wrong with it; undefined when it may be sent. The hub checks again and decides. */
export async function issueIn(type: string, data: unknown): Promise<z.core.$ZodIssue | undefined> {
  if (fits(capabilityOf(type).data, data)) return undefined;
  return (await checkByContract(type, 'data', data)).error?.issues[0];
}

export type Checked =
  | { readonly success: true; readonly data: unknown }
  | { readonly success: false; readonly error: unknown };

export async function checkResult(type: string, result: unknown): Promise<Checked> {
  if (fits(capabilityOf(type).result, result)) return { success: true, data: result };
  return checkByContract(type, 'result', result);
}

/** The result as the contract promises it; throws when it is none. */
export async function readResult<Type extends CapabilityType>(
  type: Type,
  result: unknown,
): Promise<ResultOf<Type>> {
  const checked = await checkResult(type, result);
  if (!checked.success) throw checked.error;
  return checked.data as ResultOf<Type>;
}

function capabilityOf(type: string) {
  return manifest.find((one) => one.type === type) ?? unknown(type);
}

async function checkByContract(type: string, part: 'data' | 'result', value: unknown) {
  const contracts = await import('./contract-checks.ts');
  return contracts.checkByContract(type, part, value) ?? unknown(type);
}

function unknown(type: string): never {
  throw musherError('NOT_FOUND', { route: `/v1/${type}` });
}

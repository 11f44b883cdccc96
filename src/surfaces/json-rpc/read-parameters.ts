import type { Type } from '@nestjs/common';
import { type ValidationError, validateSync } from 'class-validator';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/web/strict-json.js';
import { RpcError } from './rpc-error.js';
import { parametersOf } from './rpc-parameter.js';

/** Stands in the place of an object one of whose members is missing or of another type. */
export class MemberFault {
  constructor(
    /** What the caller is told, e.g. `Parameter data not Base64`. */
    readonly text: string,
  ) {}
}

/**
 * Reads the parameters of a call into their class (manager-json-rpc section 4, steps 7 and 8). First all required ones
 * must be there, then each one's type must be right; of several faults the first in the order of declaration is told.
 * Unknown parameters are ignored, `null` counts as absent.
 *
 * @throws RpcError -32602
 */
export function readParameters<Params extends object>(type: Type<Params>, sent: JsonValue | undefined): Params {
  const values = sent ?? {};
  if (!isJsonObject(values)) throw new RpcError(-32602, 'Parameters not Object');
  const params = new type();
  for (const { name, read, fallback } of parametersOf(type)) {
    const value = valueOf(values, name);
    if (value != null) Reflect.set(params, name, read(value));
    else if (fallback !== undefined) Reflect.set(params, name, fallback);
  }
  const faults = validateSync(params, { stopAtFirstError: true, forbidUnknownValues: false });
  if (faults.length > 0) throw new RpcError(-32602, firstFault(type, faults));
  return params;
}

/**
 * Holds parameters of the right types to their bounds and words (section 4, step 12); words come out in the documented
 * spelling.
 *
 * @throws DomainError `value-out-of-range`, `unknown-word`
 */
export function settleParameters(type: Type<object>, params: object): void {
  for (const { name, settle } of parametersOf(type)) {
    const value: unknown = Reflect.get(params, name);
    if (settle && value != null) Reflect.set(params, name, settle(value));
  }
}

function valueOf(values: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function firstFault(type: Type<object>, faults: readonly ValidationError[]): string {
  const order = parametersOf(type).map(({ name }) => name);
  const inOrder = faults.toSorted((a, b) => order.indexOf(a.property) - order.indexOf(b.property));
  const first = inOrder.find(({ constraints }) => constraints?.isDefined) ?? inOrder[0];
  if (first?.value instanceof MemberFault) return first.value.text;
  const { isDefined, ...others } = first?.constraints ?? {};
  return `Parameter ${first?.property} ${isDefined ?? Object.values(others)[0]}`;
}

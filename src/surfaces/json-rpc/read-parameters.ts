import type { Type } from '@nestjs/common';
import { type ValidationError, validateSync } from 'class-validator';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/web/strict-json.js';
import { RpcError } from './rpc-error.js';
import { parametersOf } from './rpc-parameter.js';

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
  for (const { name, read } of parametersOf(type)) {
    const value = valueOf(values, name);
    if (value != null) Reflect.set(params, name, read(value));
  }
  const faults = validateSync(params, { stopAtFirstError: true, forbidUnknownValues: false });
  if (faults.length > 0) throw new RpcError(-32602, firstFault(type, faults));
  return params;
}

function valueOf(values: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function firstFault(type: Type<object>, faults: readonly ValidationError[]): string {
  const order = parametersOf(type).map(({ name }) => name);
  const inOrder = faults.toSorted((a, b) => order.indexOf(a.property) - order.indexOf(b.property));
  const first = inOrder.find(({ constraints }) => constraints?.isDefined) ?? inOrder[0];
  const { isDefined, ...others } = first?.constraints ?? {};
  return `Parameter ${first?.property} ${isDefined ?? Object.values(others)[0]}`;
}

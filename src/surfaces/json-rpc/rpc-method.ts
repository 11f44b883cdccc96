import type { Type } from '@nestjs/common';
import type { ReferenceObject, SchemaObject } from '@nestjs/swagger';
import type { Right } from '../../core/administrators/rights.js';
import type { RpcCaller } from './caller.js';
import type { RpcResult } from './rpc-result.js';

/** A call and its answer, for the API document. */
export interface RpcExample {
  readonly summary: string;
  readonly params: Readonly<Record<string, RpcResult>>;
  readonly result: RpcResult;
}

/** Everything there is to know of a method: who may call it, with what, and for what. */
export interface RpcMethodDeclaration<Params extends object> {
  /** Name on the wire, case-sensitive, e.g. `PwReset.Send_Request`. */
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  /** The right that a caller needs. There is no method without one. */
  readonly right: Right;
  /** Class whose properties are the parameters, each declared with `@StringParam` and its like. */
  readonly params: Type<Params>;
  /** Schema of the result; `false` need not be part of it, see the surface's own description. */
  readonly result: SchemaObject | ReferenceObject;
  readonly examples?: readonly RpcExample[];
}

/** For methods without parameters. */
export class NoParams {}

const METHOD = Symbol('rpc-method');

/**
 * Makes a provider's method callable over JSON-RPC. Such providers live in files `x.rpc.ts` and are found by themselves.
 *
 * The method throws `DomainError` for what it refuses; `RPC_OUTCOMES` says what the caller then gets.
 */
export function RpcMethod<Params extends object>(declaration: RpcMethodDeclaration<Params>) {
  return <Handler extends (params: Params, caller: RpcCaller) => Promise<RpcResult>>(
    _target: object,
    _name: string,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    if (descriptor.value) Reflect.defineMetadata(METHOD, declaration, descriptor.value);
  };
}

/** The declaration on a method, if it has one. */
export function declarationOf(method: Function): RpcMethodDeclaration<object> | undefined {
  return Reflect.getMetadata(METHOD, method) as RpcMethodDeclaration<object> | undefined;
}

import type { Type } from '@nestjs/common';
import type { ReferenceObject, SchemaObject } from '@nestjs/swagger';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { Right } from '../../core/administrators/rights.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { RpcResult } from './rpc-result.js';

/** A call and its answer, for the API document. */
export interface RpcExample {
  readonly summary: string;
  readonly params: Readonly<Record<string, RpcResult>>;
  readonly result: RpcResult;
}

/** Parameters that name the person whom a call is about. */
export type PersonParams =
  { readonly dn: string; readonly domain?: string } | { readonly username: string; readonly domain?: string };

/** Everything there is to know of a method: who may call it, with what, on whom and for what. */
export interface RpcMethodDeclaration<Params extends object> {
  /** Name on the wire, case-sensitive, e.g. `PwReset.Send_Request`. */
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  /** The right that a caller needs. There is no method without one. */
  readonly right: Right;
  /** Whether a call changes or sends anything, as opposed to telling something. */
  readonly changes: boolean;
  /**
   * The person whom `dn` or `username` (with `domain`) names, found as far as the caller reaches before the method is
   * called: `usable` only if nobody has switched them off, `any` in any case.
   */
  readonly person?: 'usable' | 'any';
  /**
   * What a call does in the words of the audit, e.g. `password-reset`, for a method whose act writes its own rows in the
   * transaction of the act: the surface then writes what was refused, under that name. For every other method it writes
   * one row a call.
   */
  readonly act?: string;
  /** Class whose properties are the parameters, each declared with `@StringParam` and its like. */
  readonly params: Type<Params>;
  /** Schema of the result; `false` need not be part of it, see the surface's own description. */
  readonly result: SchemaObject | ReferenceObject;
  readonly examples?: readonly RpcExample[];
}

/** For methods without parameters. */
export class NoParams {}

/** A decorator for methods that can be called as a `Handler`; they may do with fewer arguments. */
type MethodDecoratorFor<Handler> = <Own extends Handler>(
  target: object,
  name: string,
  descriptor: TypedPropertyDescriptor<Own>,
) => void;

type WithPerson<Params extends object> = RpcMethodDeclaration<Params> & { readonly person: 'usable' | 'any' };
type WithoutPerson<Params extends object> = RpcMethodDeclaration<Params> & { readonly person?: undefined };

const METHOD = Symbol('rpc-method');

/**
 * Makes a provider's method callable over JSON-RPC. Such providers live in files `x.rpc.ts` and are found by themselves.
 * One that declares a `person` is handed the person whom the call is about.
 *
 * The method throws `DomainError` for what it refuses; `RPC_OUTCOMES` says what the caller then gets.
 */
export function RpcMethod<Params extends PersonParams>(
  declaration: WithPerson<Params>,
): MethodDecoratorFor<(params: Params, caller: AdministratorCaller, found: FoundPerson) => Promise<RpcResult>>;
export function RpcMethod<Params extends object>(
  declaration: WithoutPerson<Params>,
): MethodDecoratorFor<(params: Params, caller: AdministratorCaller) => Promise<RpcResult>>;
export function RpcMethod(declaration: RpcMethodDeclaration<object>) {
  return <Own>(_target: object, _name: string, { value }: TypedPropertyDescriptor<Own>): void => {
    if (typeof value === 'function') Reflect.defineMetadata(METHOD, declaration, value);
  };
}

/** The declaration on a method, if it has one. */
export function declarationOf(method: Function): RpcMethodDeclaration<object> | undefined {
  return Reflect.getMetadata(METHOD, method) as RpcMethodDeclaration<object> | undefined;
}

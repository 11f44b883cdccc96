import type { Type } from '@nestjs/common';
import type { AgentPermission } from '../../core/domains/agent-permissions.js';
import type { AuthCaller } from './auth-caller.js';
import type { AuthCode } from './auth-codes.js';
import type { AuthResult, WireObject } from './auth-result.js';
import type { ObjectType } from './object-type.js';

/** A request and its answer, for the API document. */
export interface AuthExample {
  readonly summary: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
}

/** What `return` may ask for, and what is answered without it. */
export interface Returns {
  readonly type: ObjectType;
  /** Items of `return` when the request has none; empty = then there is no `result`. */
  readonly defaults: readonly ReturnItem[];
  /** The attribute that a list is ordered by; without one rows keep the order of the method. */
  readonly order?: string;
  /** Attributes of a single object that are answered whatever `return` asks for, where there is a `result` at all. */
  readonly always?: (object: WireObject) => readonly string[];
}

/** An item of `return` (authentication methods, section 2.2). */
export type ReturnItem = string | { readonly [relation: string]: readonly ReturnItem[] };

/** What the request asks to be told. */
export interface Wanted {
  /** Whether the request has a `return` of its own. */
  readonly asked: boolean;
  /** Whether the attribute is among what is asked for, `*` included. */
  has(attribute: string): boolean;
}

/** Everything there is to know of a method: who may call it, with what, and what it answers. */
export interface AuthMethodDeclaration<Parameters extends object> {
  /** Last part of the path, case-sensitive, e.g. `listDomains`. */
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  /** What the agent needs. There is no method without one. */
  readonly permission: AgentPermission;
  /** Whether a call changes, sends or counts anything, as opposed to telling something. */
  readonly changes: boolean;
  /** Class whose properties are the parameters, each declared with `@ReferenceParam`, `@TextParam` and their like. */
  readonly parameters: Type<Parameters>;
  readonly result: 'none' | 'object' | 'list';
  /** For every result but `none`. A list also takes `match`, `sort`, `order`, `max` and `offset`. */
  readonly returns?: Returns;
  /** Codes of this method, besides those that all methods have. */
  readonly codes: readonly AuthCode[];
  readonly examples?: readonly AuthExample[];
}

/** For methods without parameters of their own. */
export class NoParameters {}

/** A method as the surface calls it; it may do with fewer arguments. */
export type AuthHandler<Parameters extends object> = (
  parameters: Parameters,
  caller: AuthCaller,
  wanted: Wanted,
) => Promise<AuthResult>;

const METHOD = Symbol('auth-method');

/**
 * Makes a provider's method callable at `/auth/<name>` and `/das5/rest/auth/<name>`. Such providers live in files
 * `x.auth.ts` and are found by themselves.
 *
 * The method throws `DomainError` or `AuthRefusal` for what it refuses. A class of parameters that is not the declared
 * one does not compile.
 */
export function AuthMethod<Parameters extends object>(declaration: AuthMethodDeclaration<Parameters>) {
  return <Own extends AuthHandler<Parameters>>(
    _target: object,
    _name: string,
    { value }: TypedPropertyDescriptor<Own>,
  ): void => {
    if (value) Reflect.defineMetadata(METHOD, declaration, value);
  };
}

/** The declaration on a method, if it has one. */
export function declarationOf(method: Function): AuthMethodDeclaration<object> | undefined {
  return Reflect.getMetadata(METHOD, method) as AuthMethodDeclaration<object> | undefined;
}

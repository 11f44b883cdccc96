import type { SchemaObject } from '@nestjs/swagger';
import { IsDefined, IsOptional } from 'class-validator';
import type { JsonValue } from '../../core/web/strict-json.js';

/** What every declaration of a parameter says. */
export interface ParameterOptions {
  /** Whether a call without it is refused; `null` counts as absent. */
  readonly required?: boolean;
  /** Whether it is left out of the audit: passwords, keys, codes, and the texts of messages. */
  readonly secret?: boolean;
  /** For the API document: what it means, in which unit, and what is taken when it is absent. */
  readonly description: string;
  /** Further facts for the API document; the method itself holds the call to them. */
  readonly schema?: SchemaObject;
}

/** A parameter that has a value when the call gives none. */
export interface DefaultOption<Value> {
  readonly default?: Value;
}

/** A parameter as declared. Its name on the wire is the property's name. */
export interface RpcParameter {
  readonly name: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly schema: SchemaObject;
  /** Turns the wire value into the property's type where that is possible, and leaves it as it is where not. */
  readonly read: (value: JsonValue) => unknown;
  /** What an absent one stands for; undefined when it stays absent. */
  readonly fallback: unknown;
  /**
   * Holds a value of the right type to its bounds or words and gives it in the documented spelling. Its turn comes after
   * the person has been found (manager-json-rpc section 4, step 12).
   *
   * @throws DomainError `value-out-of-range`, `unknown-word`
   */
  readonly settle: ((value: unknown) => unknown) | undefined;
}

/** How a type of parameter is read, judged and described. */
export interface ParameterType<Value> {
  readonly schema: SchemaObject;
  readonly read: RpcParameter['read'];
  readonly rules: readonly PropertyDecorator[];
  readonly fallback?: Value | undefined;
  readonly settle?: ((name: string, value: Value) => Value) | undefined;
}

/** A decorator for a property that can hold `Value`, and for no other. */
export type ParameterDecorator<Value> = <Name extends string>(
  target: { readonly [property in Name]?: Value },
  name: Name,
) => void;

const PARAMETERS = Symbol('rpc-parameters');

/** Declares a parameter: its place in the list, how it is read, and the class-validator rules that judge it. */
export function declareParameter<Value>(
  options: ParameterOptions,
  type: ParameterType<Value>,
): ParameterDecorator<Value> {
  return (target: object, name: string) => {
    const { required = false, secret = false } = options;
    const presence = required ? IsDefined({ message: 'missing' }) : IsOptional();
    for (const rule of [presence, ...type.rules]) rule(target, name);
    const { settle } = type;
    const declared = parametersOf(target.constructor).filter((parameter) => parameter.name !== name);
    const parameter: RpcParameter = {
      name,
      required,
      secret,
      schema: {
        description: options.description,
        ...type.schema,
        ...options.schema,
        ...(secret && { writeOnly: true }),
      },
      read: type.read,
      fallback: type.fallback,
      settle: settle && ((value) => settle(name, value as Value)),
    };
    Reflect.defineMetadata(PARAMETERS, [...declared, parameter], target.constructor);
  };
}

/** The parameters of a class in the order of their declaration, inherited ones first. */
export function parametersOf(type: Function): readonly RpcParameter[] {
  return (Reflect.getMetadata(PARAMETERS, type) as RpcParameter[] | undefined) ?? [];
}

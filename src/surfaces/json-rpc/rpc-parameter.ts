import type { SchemaObject } from '@nestjs/swagger';
import { IsDefined, IsOptional } from 'class-validator';
import type { JsonValue } from '../../core/web/strict-json.js';

/** What every declaration of a parameter says. */
export interface ParameterOptions {
  /** Whether a call without it is refused; `null` counts as absent. */
  readonly required?: boolean;
  /** For the API document: what it means, in which unit, and what is taken when it is absent. */
  readonly description: string;
  /** Further facts for the API document, e.g. bounds or words; the method itself holds the call to them. */
  readonly schema?: SchemaObject;
}

/** A parameter as declared. Its name on the wire is the property's name. */
export interface RpcParameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: SchemaObject;
  /** Turns the wire value into the property's type where that is possible, and leaves it as it is where not. */
  readonly read: (value: JsonValue) => unknown;
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
  type: { readonly schema: SchemaObject; readonly read: RpcParameter['read']; readonly rules: PropertyDecorator[] },
): ParameterDecorator<Value> {
  return (target: object, name: string) => {
    const required = options.required ?? false;
    const presence = required ? IsDefined({ message: 'missing' }) : IsOptional();
    for (const rule of [presence, ...type.rules]) rule(target, name);
    const schema = { description: options.description, ...type.schema, ...options.schema };
    const declared = parametersOf(target.constructor).filter((parameter) => parameter.name !== name);
    const parameter: RpcParameter = { name, required, schema, read: type.read };
    Reflect.defineMetadata(PARAMETERS, [...declared, parameter], target.constructor);
  };
}

/** The parameters of a class in the order of their declaration, inherited ones first. */
export function parametersOf(type: Function): readonly RpcParameter[] {
  return (Reflect.getMetadata(PARAMETERS, type) as RpcParameter[] | undefined) ?? [];
}

import type { Type } from '@nestjs/common';
import type { SchemaObject } from '@nestjs/swagger';
import { IsDefined, IsOptional, ValidateBy } from 'class-validator';
import type { JsonObject, JsonValue } from '../../core/web/strict-json.js';
import { missing } from './auth-refusal.js';

/** What every declaration of a parameter says. */
export interface ParameterOptions {
  /** Whether a request without it is refused with 101; null and the empty text count as absent. */
  readonly required?: boolean;
  /** For the API document: what it means, in which unit, and what is taken when it is absent. */
  readonly description: string;
}

/** How a type of parameter is read, judged and described. */
export interface ParameterType<Value> {
  readonly schema: SchemaObject;
  /** Whether a property may hold the value. One rule for the reader below and for class-validator. */
  readonly accepts: (value: unknown) => boolean;
  /**
   * Makes the reader of wire values once, when the application starts. It gives undefined for what is as good as absent.
   *
   * @param path the parameter's path in the request, for refusals, e.g. `credential.otp`
   * @throws AuthRefusal 101, 102 from the reader
   */
  readonly compile: (path: string) => (value: JsonValue) => Value | undefined;
}

/** A parameter as declared. Its name on the wire is the property's name. */
export interface AuthParameter {
  readonly name: string;
  readonly required: boolean;
  readonly type: ParameterType<unknown>;
  readonly schema: SchemaObject;
}

/** A decorator for a property that can hold `Value`, and for no other. */
export type ParameterDecorator<Value> = <Name extends string>(
  target: { readonly [property in Name]?: Value },
  name: Name,
) => void;

const PARAMETERS = Symbol('auth-parameters');

/** Declares a parameter: its place in the list, how it is read, and the class-validator rule that judges it. */
export function declareParameter<Value>(
  { required = false, description }: ParameterOptions,
  type: ParameterType<Value>,
): ParameterDecorator<Value> {
  return (target: object, name: string) => {
    const presence = required ? IsDefined() : IsOptional();
    presence(target, name);
    ValidateBy({ name: 'accepts', validator: { validate: type.accepts } })(target, name);
    const others = parametersOf(target.constructor).filter((parameter) => parameter.name !== name);
    const parameter: AuthParameter = { name, required, type, schema: { description, ...type.schema } };
    Reflect.defineMetadata(PARAMETERS, [...others, parameter], target.constructor);
  };
}

/** The parameters of a class in the order of their declaration, inherited ones first. */
export function parametersOf(type: Function): readonly AuthParameter[] {
  return (Reflect.getMetadata(PARAMETERS, type) as AuthParameter[] | undefined) ?? [];
}

/**
 * Makes the reader of a class of parameters: no reflection and no copying while requests come. The first fault in the
 * order of declaration is told; members that nobody declared are ignored.
 *
 * @throws AuthRefusal 101, 102 from the reader
 */
export function compileReader<Parameters extends object>(
  type: Type<Parameters>,
  prefix = '',
): (sent: JsonObject) => Parameters {
  const parameters = parametersOf(type).map(({ name, required, type: { compile } }) => {
    const path = `${prefix}${name}`;
    return { name, required, path, read: compile(path) };
  });
  return (sent) => {
    const result = new type();
    for (const { name, required, path, read } of parameters) {
      const value = own(sent, name);
      const property = value == null ? undefined : read(value);
      if (property !== undefined) Reflect.set(result, name, property);
      else if (required) throw missing(path);
    }
    return result;
  };
}

/** A member of an object that came from outside. */
export function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The schema of an object whose members are the parameters of a class. */
export function parametersSchema(type: Function): SchemaObject & { readonly required?: string[] } {
  const parameters = parametersOf(type);
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  };
}

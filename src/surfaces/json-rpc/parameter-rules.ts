import { ValidateBy } from 'class-validator';

/** A class-validator rule from a function; `message` is what a refusal says behind the parameter's name. */
export function rule(name: string, message: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate } }, { message });
}

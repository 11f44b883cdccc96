import { ValidateBy } from 'class-validator';

/** A class-validator rule from a function; `message` is what a refusal says behind the parameter's name. */
export function rule(name: string, message: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate } }, { message });
}

/**
 * A text that databases and directories store. NUL and lone surrogates make it none, so they are refused at the edge and
 * never become a fault further in (attack class 63).
 */
export function isStorableText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}

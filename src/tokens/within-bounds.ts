import { DomainError } from '../core/errors/domain-error.js';

/**
 * A whole number within bounds, both included.
 *
 * @throws DomainError `value-out-of-range` naming the parameter and its bounds
 */
export function withinBounds(parameter: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) throw outOfBounds(parameter, min, max);
  return value;
}

export function outOfBounds(parameter: string, min: number, max: number): DomainError {
  return new DomainError('value-out-of-range', { params: { parameter, min, max } });
}

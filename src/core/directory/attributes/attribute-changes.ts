import type { AttributeChange } from '../capabilities/attribute-values.js';
import { DomainError } from '../../errors/domain-error.js';
import { foldName } from '../../domains/fold-name.js';
import { isBinaryAttribute } from './binary-attributes.js';
import { isAttributeName, isKeptAttribute } from './secret-attributes.js';

/** Characters of a value at most, a photograph in base64 among them; and values of one attribute. */
const MAX_VALUE_LENGTH = 1_000_000;
const MAX_VALUES = 1_000;

/**
 * Refuses changes that no directory is to be asked for.
 *
 * @throws DomainError `attribute-not-valid`
 */
export function expectChangeable(changes: readonly AttributeChange[]): void {
  for (const { operation, name, values } of changes) {
    if (!isAttributeName(name) || isKeptAttribute(name)) throw attributeNotValid(name);
    if (values.length > MAX_VALUES || !values.every((value) => isValue(name, value))) throw attributeNotValid(name);
    if (operation === 'add' && values.length === 0) throw attributeNotValid(name);
  }
}

export function attributeNotValid(attribute: string, detail?: string): DomainError {
  return new DomainError('attribute-not-valid', { params: { attribute }, ...(detail !== undefined && { detail }) });
}

/** The values of an attribute after a change; equal ones occur once, without regard to case and spaces. */
export function changedValues(
  present: readonly string[],
  { operation, name, values }: AttributeChange,
): readonly string[] {
  const same = isBinaryAttribute(name) ? (value: string) => value : foldName;
  const without = (from: readonly string[], these: readonly string[]) => {
    const gone = new Set(these.map(same));
    return from.filter((value) => !gone.has(same(value)));
  };
  if (operation === 'remove') return values.length === 0 ? [] : without(present, values);
  const unique = [...new Map(values.toReversed().map((value) => [same(value), value])).values()].toReversed();
  return operation === 'replace' ? unique : [...present, ...without(unique, present)];
}

function isValue(name: string, value: string): boolean {
  if (value === '' || value.length > MAX_VALUE_LENGTH || !value.isWellFormed() || value.includes('\0')) return false;
  return !isBinaryAttribute(name) || Buffer.from(value, 'base64').toString('base64') === value;
}

/**
 * Attributes by name, each with all its values. Text as it is; values of binary attributes (`jpegPhoto`,
 * `userCertificate`, `objectGUID`, anything that is not UTF-8) as base64, all values of the attribute alike. Names are
 * spelled as the directory spells them, and compared without regard to case (RFC 4512 section 2.5).
 */
export type AttributeValues = Readonly<Record<string, readonly string[]>>;

/** One change of an entry; without values, `remove` takes away the attribute and `replace` empties it. */
export interface AttributeChange {
  readonly operation: 'add' | 'remove' | 'replace';
  readonly name: string;
  /** As in {@link AttributeValues}. */
  readonly values: readonly string[];
}

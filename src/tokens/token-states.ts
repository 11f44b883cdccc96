/** A token as a thing, whoever has it (authentication methods, section 5). `DECEASED` is for good. */
export type TokenStatus = 'ACTIVE' | 'DISABLED' | 'DECEASED';

/**
 * A token in somebody's hands. `INACTIVE` has not been proved or activated yet; `LOCKED` after failed attempts;
 * `DISABLED` by an administrator, or by its owner who did not recognise a change.
 */
export type AssignmentStatus = 'ACTIVE' | 'INACTIVE' | 'LOCKED' | 'DISABLED';

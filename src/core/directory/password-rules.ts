/**
 * Rules for a new password, from our own policy or from the directory. What is undefined is not demanded, or could not
 * be read. The page shows each rule as one plain sentence and ticks off those it can judge while the person types.
 */
export interface PasswordRules {
  /** Characters at least. */
  readonly minLength?: number;
  /** Characters at most. */
  readonly maxLength?: number;
  /** How many of the character classes lower case, upper case, digit, other must occur. */
  readonly classes?: number;
  /** From this many characters on, {@link PasswordRules.classes} is not demanded: a passphrase. */
  readonly passphraseLength?: number;
  /** The login or a part of the name must not occur. */
  readonly notName?: boolean;
  /** Common passwords are refused. */
  readonly notCommon?: boolean;
  /** How many earlier passwords are refused. */
  readonly history?: number;
  /** Seconds that must have passed since the last change. */
  readonly minAge?: number;
  /** Seconds after which a password must be changed. */
  readonly maxAge?: number;
  /** The operator's own wording, shown in place of sentences made from the rules. */
  readonly text?: string;
}

/** Names the order that {@link RegistrationOrder} is. */
export const REGISTRATION_ORDER = 'self-registration';

/** What somebody asked for who wants to register. */
export type RegistrationOrder = {
  readonly domainId: string;
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly address: string;
  readonly correlationId: string;
  readonly language: string | null;
};

/** What calls do in the words of the audit; their refusals are `<act>.refused`. */
export const AUTHENTICATOR_CHANGE = 'authenticator-change';

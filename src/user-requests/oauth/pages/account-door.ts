/** The log-in and the step-up of `/account`, by their addresses: they are pages of another feature. */
const LOG_IN_PATH = '/account/login';
const CONFIRM_PATH = '/account/confirm';

/** Where somebody signs in who shall come back to `path`. */
export function logInFor(path: string): string {
  return `${LOG_IN_PATH}?${new URLSearchParams({ to: path }).toString()}`;
}

/** Where somebody who is signed in proves what is owed, and comes back to `path`. */
export function confirmFor(path: string): string {
  return `${CONFIRM_PATH}?${new URLSearchParams({ to: path }).toString()}`;
}

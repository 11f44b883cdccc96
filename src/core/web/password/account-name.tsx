import type { JSX } from 'preact';

/** Tells password managers whose password this is. Nobody else needs it, and the server does not read it. */
export function AccountName({ login }: { readonly login: string }): JSX.Element {
  return (
    <input
      class="visually-hidden"
      type="text"
      name="username"
      autocomplete="username"
      value={login}
      readonly
      tabindex={-1}
      aria-hidden="true"
    />
  );
}

import type { ComponentChildren, JSX } from 'preact';
import { CSRF_FIELD } from '../core/web/csrf-tokens.js';

/** Where a form is sent, with its CSRF value. */
export interface FormTarget {
  readonly action: string;
  readonly csrf: string;
}

interface FormProps extends FormTarget {
  readonly button: string;
  /** How much the button stands out: the main thing to do, one among others, or something that takes away. */
  readonly look?: 'main' | 'quiet' | 'deny';
  /** What the button is about, for who hears the page, where several are alike. */
  readonly subject?: string;
  readonly children?: ComponentChildren;
}

const LOOKS = { main: 'button', quiet: 'button button-quiet', deny: 'button button-deny' } as const;

/** A form with one button. */
export function AccountForm({ action, csrf, button, look = 'main', subject, children }: FormProps): JSX.Element {
  return (
    <form method="post" action={action} novalidate>
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      {children}
      <button class={LOOKS[look]} type="submit">
        {button}
        {subject !== undefined && <span class="visually-hidden">: {subject}</span>}
      </button>
    </form>
  );
}

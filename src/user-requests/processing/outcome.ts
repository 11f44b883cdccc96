import type { Page } from '../../core/web/page/page.js';
import type { NotValidWord } from './not-valid.js';

/** What the last page says; see `LinkSessions.finish`. Never a secret. */
export interface Done {
  readonly what: 'password' | 'unlocked' | 'closed';
  readonly domainName: string;
  /** The password is set, but the account is still locked. */
  readonly stillLocked: boolean;
}

/** What became of a call whose code was right. */
export type Outcome =
  /** `OK`, or `ERROR` of an endpoint: plain text for whoever asks. */
  | { readonly kind: 'text'; readonly text: 'OK' | 'ERROR' }
  /** Leads on with a GET, to an address that was judged. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** There is a form to fill in. */
  | { readonly kind: 'page'; readonly page: Page }
  /** The form was carried out: a script reads `OK`, a browser goes on to `to`, or to the last page. */
  | { readonly kind: 'done'; readonly done: Done; readonly to: string | undefined }
  | { readonly kind: 'refused'; readonly word: NotValidWord };

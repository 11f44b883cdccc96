import type { PlainSecret } from '../../core/crypto/secret-types.js';

/** What a link of the root web application is for; the word stands in its address. */
export type AppRootLinkKind = (typeof KINDS)[number];

const KINDS = ['self_register', 'pwd_reset', 'invite'] as const;

export function isAppRootLinkKind(word: unknown): word is AppRootLinkKind {
  return KINDS.some((kind) => kind === word);
}

/** Where the root web application lives. */
export const APP_ROOT = '/app-root';

/**
 * The link of a letter: the id stands in the fragment, which no access log and no referrer holds (iam-rest section 8).
 * Its base comes from the configuration only (invariant 6, attack classes 1 to 3).
 */
export function appRootLink(publicUrl: string, kind: AppRootLinkKind, id: PlainSecret): string {
  const url = new URL(publicUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${APP_ROOT}/`;
  url.search = '';
  url.hash = `/iam/${kind}/${id}`;
  return url.toString();
}

import type { IamCaller } from './iam-caller.js';

/** A session as its holder sees it (iam-rest section 2). */
export interface SessionView {
  readonly id: string;
  readonly user: { readonly id: string; readonly domain: string; readonly login: string; readonly name: string };
  readonly created: string;
  readonly expires: string;
}

export function sessionView({ session, found, shown }: Pick<IamCaller, 'session' | 'found' | 'shown'>): SessionView {
  const { domain, person } = found;
  return {
    id: shown,
    user: { id: person.key, domain: domain.name, login: person.login, name: person.displayName },
    created: restDate(session.createdAt),
    expires: restDate(session.idleUntil),
  };
}

/** `2019-09-06T09:12:00Z` (iam-rest section 1). */
export function restDate(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

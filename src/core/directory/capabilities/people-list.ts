import type { Person } from '../person.js';

/** By what people can be picked and put in order. */
export type PersonField = 'login' | 'displayName' | 'firstName' | 'lastName' | 'mail' | 'mobile';

export interface PeopleQuery {
  /** Each must be equal, compared as the directory compares. */
  readonly where?: { readonly [Field in PersonField]?: string };
  /** Only those who are, or are not, switched off. */
  readonly disabled?: boolean;
  /** Only those in the group with this key, see {@link Group.key}. */
  readonly group?: string;
  /** People to skip. */
  readonly offset: number;
  /** People at most, 1 to 1,000. */
  readonly limit: number;
  /** By login when empty; the login decides between equals. */
  readonly order?: readonly { readonly field: PersonField; readonly descending: boolean }[];
}

export interface PeoplePage {
  readonly people: readonly Person[];
  /**
   * False when the directory holds more people that match than can be put in order, so that somebody may be missing
   * from the pages: 10,000 in a directory outside our database, or what it gives in its time.
   */
  readonly complete: boolean;
}

/** People page by page (iam-rest section 7: `GET /rest/v1/iam/users`; user-requests section 8: users of a domain). */
export interface PeopleList {
  page(query: PeopleQuery): Promise<PeoplePage>;
}

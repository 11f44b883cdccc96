import type { Clock } from '../../time/clock.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Finding } from '../directory.js';
import { LdapConnection } from './ldap-connection.js';
import type { LdapEntry } from './ldap-entry.js';
import type { LdapSettings } from './ldap-settings.js';
import type { PeopleSearch } from './people-search.js';
import type { ServicePool } from './service-pool.js';
import { certificateAdvice } from './tls-state.js';

/** People on whom a right is tried; more than one, because a few accounts are often protected. */
const SAMPLE_SIZE = 10;

/** Tries what the service account may do, on entries that stay as they are. */
export type RightsProof = (sample: readonly LdapEntry[], connection: LdapConnection) => Promise<Finding[]>;

/** The part of `latchkey doctor` that is the same in every LDAP directory. Nothing is changed. */
export class Examination {
  constructor(
    private readonly settings: LdapSettings,
    private readonly clock: Clock,
    private readonly pool: ServicePool,
    private readonly people: PeopleSearch,
    private readonly proveRights: RightsProof,
  ) {}

  async findings(): Promise<Finding[]> {
    const servers = await Promise.all(this.settings.urls.map((url) => this.server(url)));
    const more = servers.some(({ reached }) => reached) ? await this.account() : [];
    return [...servers, ...more].map(({ ok, subject, text }) => {
      return { ok, subject: `directory ${this.settings.name}: ${subject}`, text };
    });
  }

  private async server(url: string): Promise<Finding & { readonly reached: boolean }> {
    const subject = `server ${url}`;
    try {
      const connection = await LdapConnection.open(url, this.settings);
      const advice = certificateAdvice(connection.tls(), this.settings, url, this.clock.now());
      connection.close();
      return { ...advice, subject, reached: true };
    } catch (error) {
      return { ok: false, subject, reached: false, text: `cannot be used: ${wordsOf(error)}` };
    }
  }

  private async account(): Promise<Finding[]> {
    const subject = 'service account';
    try {
      await this.pool.read((connection) => this.people.expectBase(connection));
    } catch (error) {
      return [{ ok: false, subject, text: `cannot be used, check bindDn, bindPassword and baseDn: ${wordsOf(error)}` }];
    }
    const found: Finding = { ok: true, subject, text: `logs on and sees ${this.settings.baseDn}` };
    return [found, ...(await this.rights())];
  }

  private async rights(): Promise<Finding[]> {
    const subject = 'people';
    try {
      return await this.pool.read(async (connection) => {
        const sample = await this.people.sample(connection, SAMPLE_SIZE);
        const nobody = 'nobody found; check baseDn, userFilter and what the service account may read';
        if (sample.length === 0) return [{ ok: false, subject, text: nobody }];
        return [{ ok: true, subject, text: 'can be found' }, ...(await this.proveRights(sample, connection))];
      });
    } catch (error) {
      return [{ ok: false, subject, text: `cannot be examined: ${wordsOf(error)}` }];
    }
  }
}

/**
 * Tries a right on each of the sample.
 *
 * @param attempt whether the right is there for one entry; undefined when that could not be found out
 */
export async function proveEach(
  sample: readonly LdapEntry[],
  { subject, may, advice }: { subject: string; may: string; advice: string },
  attempt: (entry: LdapEntry) => Promise<boolean | undefined>,
): Promise<Finding> {
  const refused: string[] = [];
  let allowed = 0;
  for (const entry of sample) {
    const verdict = await attempt(entry);
    if (verdict === true) allowed += 1;
    if (verdict === false) refused.push(entry.dn);
  }
  const tried = allowed + refused.length;
  if (allowed === 0 && refused.length === 0) return { ok: false, subject, text: `could not be tried; ${advice}` };
  if (allowed === 0) return { ok: false, subject, text: `the service account may not ${may}; ${advice}` };
  const except = refused.length > 0 ? `, not for ${refused.length} of ${tried} tried, e.g. ${refused[0] ?? ''}` : '';
  return { ok: true, subject, text: `the service account may ${may}${except}` };
}

function wordsOf(error: unknown): string {
  if (error instanceof DomainError) return error.detail ?? error.code;
  return error instanceof Error ? error.message : String(error);
}

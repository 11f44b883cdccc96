import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { reachesEverybody } from '../../core/administrators/rights.js';
import { Audit } from '../../core/audit/audit.js';
import { Environment } from '../../core/config/environment.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { passwordPolicy } from '../../core/directory/password-policy.js';
import { Configuration, type ConfigurationSnapshot, SERVER_SCOPE } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { Setting } from '../../core/settings/setting.js';
import type { RestValue } from '../../surfaces/iam-rest/rest-answer.js';
import { inviteTtl } from '../invites/invite-settings.js';
import { externalAuthorization, pwdResetAllowed, pwdResetRate, pwdResetTtl } from '../recovery/recovery-settings.js';
import {
  selfRegisterAllowed,
  selfRegisterDomains,
  selfRegisterEmailUnique,
  selfRegisterMode,
  selfRegisterRate,
  selfRegisterTemplate,
  selfRegisterTtl,
} from '../registration/registration-settings.js';
import { sessionCookie } from '../../sessions/web/session-cookie-setting.js';

/** A setting by its key, as section 7 has them. */
export type SettingView = {
  readonly key: string;
  readonly value: RestValue;
};

const DEFAULT_DOMAIN = 'default_domain';
const TRUSTED_PROXIES = 'trusted_proxies';

/** The settings that this surface is about. Those of the server are the master domain's in the contract. */
const SETTINGS: readonly Setting<unknown>[] = [
  externalAuthorization,
  inviteTtl,
  passwordPolicy,
  pwdResetAllowed,
  pwdResetRate,
  pwdResetTtl,
  selfRegisterAllowed,
  selfRegisterDomains,
  selfRegisterEmailUnique,
  selfRegisterMode,
  selfRegisterRate,
  selfRegisterTemplate,
  selfRegisterTtl,
  sessionCookie,
];

/** Settings by key (iam-rest section 7). A change is in force at once in this process and within a second in the others. */
@Injectable()
export class DomainSettings {
  constructor(
    private readonly configuration: Configuration,
    private readonly environment: Environment,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** What the role reaches, by key: of the domain, and of the server for global administrators. */
  async list(by: AdministratorCaller, domain: Domain): Promise<SettingView[]> {
    const snapshot = await this.configuration.snapshot();
    const keys = SETTINGS.filter((setting) => reaches(by, setting)).map(({ name }) => name);
    const all = reachesEverybody(by.role) ? [...keys, DEFAULT_DOMAIN, TRUSTED_PROXIES] : keys;
    return all.toSorted().map((key) => ({ key, value: this.valueOf(snapshot, key, domain) }));
  }

  /** One setting; undefined when the role reaches none of this key. */
  async show(by: AdministratorCaller, domain: Domain, key: string): Promise<SettingView | undefined> {
    return (await this.list(by, domain)).find((setting) => setting.key === key);
  }

  /**
   * Changes a setting; null takes the value away, so that the next one counts.
   *
   * @throws DomainError `setting-not-valid` for a value that is not possible, `access-denied` for one that cannot be
   *   changed here
   */
  async change(by: AdministratorCaller, domain: Domain, key: string, value: unknown): Promise<SettingView> {
    if (key === TRUSTED_PROXIES) throw new DomainError('access-denied', { detail: 'set by the environment' });
    const setting = SETTINGS.find(({ name }) => name === key);
    if (setting && value !== null && setting.parse(value) === undefined) throw new DomainError('setting-not-valid');
    await this.database.transaction(async (tx) => {
      if (setting) await this.store(tx, setting, domain, value);
      else await this.storeDefaultDomain(tx, value);
      await this.configuration.touch(tx);
      await this.audit.record(tx, {
        event: 'setting.changed',
        outcome: 'success',
        actor: by.label,
        clientAddress: by.clientAddress,
        correlationId: by.correlationId,
        domain: setting?.scope === 'domain' ? domain.name : undefined,
        detail: { setting: key },
      });
    });
    this.configuration.invalidate();
    return { key, value: this.valueOf(await this.configuration.snapshot(), key, domain) };
  }

  private valueOf(snapshot: ConfigurationSnapshot, key: string, domain: Domain): RestValue {
    if (key === DEFAULT_DOMAIN) return snapshot.defaultDomain ?? null;
    if (key === TRUSTED_PROXIES) return this.environment.trustedProxies;
    const setting = SETTINGS.find(({ name }) => name === key);
    // What a setting accepts came as JSON.
    return setting && (snapshot.setting(setting, domain.id) as RestValue);
  }

  private async store(tx: Tx, { name, scope }: Setting<unknown>, domain: Domain, value: unknown): Promise<void> {
    const place = scope === 'domain' ? domain.id : SERVER_SCOPE;
    if (value === null) {
      await rows(tx, 'DELETE FROM settings WHERE scope = $1 AND name = $2', [place, name]);
    } else {
      await rows(
        tx,
        `INSERT INTO settings (scope, name, value) VALUES ($1, $2, $3::jsonb)
         ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value`,
        [place, name, JSON.stringify(value)],
      );
    }
  }

  /** The name of a domain, or `URL`: the domain of the browser's address. */
  private async storeDefaultDomain(tx: Tx, value: unknown): Promise<void> {
    const snapshot = await this.configuration.snapshotWithin(tx);
    const known = value === null || value === 'URL' || (typeof value === 'string' && snapshot.domain(value));
    if (!known) throw new DomainError('setting-not-valid');
    await rows(tx, 'UPDATE server_configuration SET default_domain = $1 WHERE id = 1', [value]);
  }
}

function reaches({ role }: AdministratorCaller, { scope }: Setting<unknown>): boolean {
  return scope === 'domain' || reachesEverybody(role);
}

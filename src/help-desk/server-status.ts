import { Injectable } from '@nestjs/common';
import { Environment } from '../core/config/environment.js';
import { serverVersion } from '../core/config/version.js';
import { Configuration } from '../core/domains/configuration.js';
import { ReadinessCheck } from '../core/health/readiness.js';
import { systemAccount } from '../delivery/mail/mail-account.js';
import { RpcMethodRegistry } from '../surfaces/json-rpc/rpc-method-registry.js';
import type { RpcResult } from '../surfaces/json-rpc/rpc-result.js';

/** How one application is; its word is `Ok`, or `Invalid` while it cannot do its work. */
interface ApplicationStatus {
  readonly [name: string]: string;
  readonly version: string;
  readonly status: 'Ok' | 'Invalid';
}

/** Method prefixes whose application has pages; every other prefix is a web service. */
const WEB_APPLICATIONS: ReadonlySet<string> = new Set(['PwReset', 'SelfReg']);

/** Tells how the parts of the server are. */
@Injectable()
export class ServerStatus {
  constructor(
    private readonly readiness: ReadinessCheck,
    private readonly configuration: Configuration,
    private readonly environment: Environment,
    private readonly registry: RpcMethodRegistry,
  ) {}

  /** The report as the wire shapes it (manager-json-rpc section 12, `Server_Status`); see `SERVER_STATUS_RESULT`. */
  async report(wanted: { servers: boolean; webapps: boolean; websrvs: boolean }): Promise<RpcResult> {
    const version = serverVersion() ?? '0.0.0';
    const { status, database, migrations, directories } = await this.readiness.check();
    const sql = database === 'ok' && migrations === 'ok';
    const application: ApplicationStatus = { version, status: sql ? 'Ok' : 'Invalid' };
    const report: Record<string, RpcResult> = { version, status: status === 'ready' };
    if (wanted.servers) {
      const snapshot = await this.configuration.snapshot();
      report['servers'] = {
        ldap: directories.failing === 0,
        sql,
        // Sessions are rows of the database.
        session: sql,
        pki: snapshot.declared('certificate-authority').length > 0,
        // Whether mail has somewhere to go; a relay that does not answer shows in the metrics and in `latchkey doctor`.
        mail: this.environment.embedded || systemAccount(snapshot) !== undefined,
      };
    }
    const [webapps, websrvs] = this.applications();
    if (wanted.webapps) report['webapps'] = each(webapps, application);
    if (wanted.websrvs) report['websrvs'] = each(websrvs, { ...application, license: 'Ok' });
    return report;
  }

  /** Web applications and web services whose methods are there. */
  private applications(): [string[], string[]] {
    const prefixes = this.registry.all().flatMap(({ name }) => (name.includes('.') ? [name.split('.')[0] ?? ''] : []));
    const names = [...new Set(prefixes)];
    const isWebApplication = (name: string): boolean => WEB_APPLICATIONS.has(name);
    return [names.filter(isWebApplication), names.filter((name) => !isWebApplication(name))];
  }
}

function each(names: readonly string[], status: RpcResult): RpcResult {
  return Object.fromEntries(names.map((name) => [name, status]));
}

import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import type { RpcResult } from '../surfaces/json-rpc/rpc-result.js';
import { EventLogsParams, ServerStatusParams } from './dto/server.params.js';
import { EventLogs } from './event-logs.js';
import { EVENT_LOGS_RESULT, SERVER_STATUS_RESULT } from './result-schemas.js';
import { ServerStatus } from './server-status.js';

/** What the server tells of itself. */
@Injectable()
export class ServerRpc {
  constructor(
    private readonly status: ServerStatus,
    private readonly logs: EventLogs,
  ) {}

  @RpcMethod({
    name: 'Server_Status',
    summary: 'Tell how the server and its parts are',
    description: 'Version and overall status always; the parts that are asked for besides.',
    right: 'use-server',
    changes: false,
    params: ServerStatusParams,
    result: SERVER_STATUS_RESULT,
    examples: [
      { summary: 'In short', params: {}, result: { version: '1.0.0', status: true } },
      {
        summary: 'With what it stands on',
        params: { servers: true },
        result: {
          version: '1.0.0',
          status: true,
          servers: { ldap: true, sql: true, session: true, pki: false, mail: true },
        },
      },
    ],
  })
  serverStatus(params: ServerStatusParams): Promise<RpcResult> {
    return this.status.report(params);
  }

  @RpcMethod({
    name: 'Get_Event_Logs',
    summary: 'List what happened, the newest first',
    description:
      'From the audit: of the caller’s domain, of all domains for a global administrator, or about one person. A person ' +
      'who is unknown or out of reach has no events.',
    right: 'read-events',
    changes: false,
    params: EventLogsParams,
    result: EVENT_LOGS_RESULT,
    examples: [
      {
        summary: 'The last event about a person',
        params: { application: 'openotp', max: 1, dn: 'cn=Jane Doe,dc=RCDEVSDOCS' },
        result: [
          {
            time: '2026-03-01 09:12:44',
            client: 'RCDEVSDOCS\\administrator',
            dn: 'cn=Jane Doe,dc=RCDEVSDOCS',
            host: 'id.example.test',
            session: '2f0a6d3e-8f6c-4f44-9f0e-0b6f6d8f2a51',
            source: '192.0.2.1',
            text: 'password-reset.sent: success',
          },
        ],
      },
    ],
  })
  async eventLogs(params: EventLogsParams, caller: AdministratorCaller): Promise<RpcResult> {
    return (await this.logs.find(caller, params)).map((log) => ({ ...log }));
  }
}

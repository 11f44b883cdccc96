import { httpLoad } from '../harness/http-load.js';
import { pgbench } from '../harness/pgbench.js';
import type { Scenario } from '../harness/scenario.js';
import { rpcRequest } from './json-rpc.js';
import { BASE_CONFIGURATION, domainId, insertPeople } from './people.js';

const REFUSAL = {
  jsonrpc: '2.0',
  error: { code: -32602, message: 'Invalid params', data: 'Parameter username missing' },
  id: 0,
};

/**
 * What a log-in and a refusal ask of the database at least, in one durable transaction: count the attempt by address,
 * read person, account and role, count the attempt by person, settle both, write the refusal down. Each run is another
 * person at another address, so that runs do not queue up behind one row; the server makes log-ins of one caller that
 * come together one.
 */
const LEAST = `
\\set n random(1, :users)
BEGIN;
INSERT INTO throttle_counters AS held (key, count, ends_at) VALUES ('bench-login:' || :n, 1, now() + interval '180 s')
  ON CONFLICT (key) DO UPDATE SET count = held.count + 1 RETURNING count, ends_at;
SELECT person.id, account.id AS account_id, held.role, person.password_hash FROM builtin_people person
  LEFT JOIN accounts account ON account.domain_id = person.domain_id AND account.directory_key = person.id::text
  LEFT JOIN administrators held ON held.domain_id = person.domain_id AND held.login_key = person.login_key
  WHERE person.domain_id = :domain AND person.login_key = 'person-' || :n \\gset person_
UPDATE builtin_people SET failed_logins = failed_logins + 1 WHERE id = :person_id AND locked_at IS NULL RETURNING id;
UPDATE builtin_people SET failed_logins = 0, locked_at = NULL WHERE id = :person_id;
UPDATE throttle_counters SET count = count - 1 WHERE key = 'bench-login:' || :n AND count > 0;
INSERT INTO audit_events (at, event, outcome, code, actor, client_address, correlation_id, detail)
  VALUES (now(), 'manager-call.refused', 'refused', NULL, 'pgbench', '127.0.0.1', gen_random_uuid()::text,
          '{"method": "PwReset.Send_Request", "error": -32602, "reason": "Parameter username missing"}');
COMMIT;
`;

/** The least that any call of an administrator costs: log-in, envelope, parameters, refusal. */
export const jsonRpcFloor: Scenario = {
  name: 'json-rpc-floor',
  title: 'a call refused at its parameters, by an administrator with Basic credentials',
  configuration: BASE_CONFIGURATION,
  setup: insertPeople,
  contenders: [
    httpLoad({
      name: 'latchkey',
      title: 'Latchkey',
      calls: (world) => {
        const request = rpcRequest(world, 'PwReset.Send_Request', {});
        const refusal = JSON.stringify(REFUSAL);
        return { next: () => request, isRight: (body) => body === refusal };
      },
      recorded: async ({ database }) => {
        const [row] = await database.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM audit_events WHERE event = 'manager-call.refused' AND actor <> 'pgbench'`,
        );
        return row?.count ?? 0;
      },
    }),
    pgbench({
      name: 'pgbench',
      title: 'pgbench, the least statements in one transaction',
      script: LEAST,
      variables: async (world) => ({ domain: await domainId(world) }),
    }),
  ],
  ratios: [{ title: 'Latchkey to pgbench', of: 'latchkey', to: 'pgbench' }],
};

import type { HttpCalls } from '../harness/http-load.js';
import { driveLean } from '../harness/lean-load.js';
import { pgbench } from '../harness/pgbench.js';
import type { Contender, Scenario } from '../harness/scenario.js';
import type { World } from '../harness/world.js';
import { agentToken, AUTH_CONFIGURATION, FreshCodes, ID, insertPeopleWithTokens, peopleOf } from './auth-people.js';
import { slapdOtp } from './slapd-otp.js';

/** Codes of a world's people, whichever servers are asked: none is used twice. */
const codes = new WeakMap<World['database'], FreshCodes>();
const tokens = new WeakMap<World, Promise<string>>();

/** `/auth/verify` of the next person with the next code. */
export async function verifyCalls(world: World): Promise<HttpCalls> {
  const fresh = codes.get(world.database) ?? new FreshCodes(peopleOf(world));
  codes.set(world.database, fresh);
  return callsWith(world, fresh);
}

export async function callsWith(world: World, fresh: FreshCodes): Promise<HttpCalls> {
  const token = tokens.get(world) ?? agentToken(world);
  tokens.set(world, token);
  const headers = { authorization: `Bearer ${await token}`, 'content-type': 'application/json' };
  return {
    next: () => {
      const { login, code } = fresh.next();
      return {
        path: '/auth/verify',
        headers,
        body: `{"user":{"loginName":"${login}"},"credential":{"method":"OTP","otp":"${code}"},"remoteIp":"203.0.113.20"}`,
      };
    },
    isRight: (body) => body === '{"error":0}',
  };
}

export async function recorded({ database }: World): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM audit_events WHERE event = 'authenticator.verified' AND actor <> 'pgbench'`,
  );
  return row?.count ?? 0;
}

/** One durable statement that uses a token's counter up and writes it down, for people whom the product is not asked for. */
const CONSUME = `
\\set n random(:users + 1, 2 * :users)
WITH advanced AS (
  UPDATE tokens SET counter = counter + 1, last_used_at = now()
  WHERE id = ${ID(':n')} AND status = 'ACTIVE' AND counter < 1000000000 RETURNING id)
INSERT INTO audit_events (at, event, outcome, actor, client_address, domain, account_id, target, detail)
SELECT now(), 'authenticator.verified', 'success', 'pgbench', '127.0.0.1', 'BENCH', id, 'cn=person,dc=BENCH',
       '{"serial": "BENCH", "authenticator": "OTP"}' FROM advanced;
`;

export const consume = pgbench({
  name: 'pgbench',
  title: 'pgbench, one statement that consumes',
  script: CONSUME,
  variables: async (world) => ({ users: String(peopleOf(world)) }),
});

const latchkey: Contender = {
  name: 'latchkey',
  title: 'Latchkey',
  unit: 'requests',
  countStatements: true,
  recorded,
  drive: async (world, span) => driveLean(world, await verifyCalls(world), span),
};

/** The hot path: a right one-time password over HTTP, each for the first time. */
export const authVerify: Scenario = {
  name: 'auth-verify',
  title: 'POST /auth/verify with a right one-time password, each for the first time',
  configuration: AUTH_CONFIGURATION,
  setup: insertPeopleWithTokens,
  contenders: [latchkey, consume],
  peers: [slapdOtp],
  ratios: [
    { title: 'Latchkey to pgbench', of: 'latchkey', to: 'pgbench' },
    { title: 'Latchkey to OpenLDAP', of: 'latchkey', to: 'slapd' },
  ],
};

/** The first process alone, in a world of two. */
const alone: Contender = {
  name: 'one process',
  title: 'Latchkey, one process',
  unit: 'requests',
  recorded,
  drive: async (world, span) => driveLean(world.withServers(1), await verifyCalls(world), span),
};

export const authVerifyTwo: Scenario = {
  ...authVerify,
  peers: [],
  name: 'auth-verify-two',
  title: 'the same by two server processes, and by one of them',
  processes: 2,
  contenders: [{ ...latchkey, title: 'Latchkey, two processes' }, alone, consume],
  ratios: [
    { title: 'two processes to one', of: 'latchkey', to: 'one process' },
    { title: 'two processes to pgbench', of: 'latchkey', to: 'pgbench' },
  ],
};

import type { World } from '../harness/world.js';

/** The domain that scenarios work in, with its administrator and an address for links. */
export const DOMAIN = 'BENCH';
export const ADMINISTRATOR = 'administrator';
export const PUBLIC_URL = 'https://bench.example.test';

/** What a scenario's configuration file begins with. No limit on links per person is reached while measuring. */
export const BASE_CONFIGURATION = `
publicUrl: ${PUBLIC_URL}
defaultDomain: ${DOMAIN}
domains:
  - name: ${DOMAIN}
    settings: { link_sends_per_person_per_hour: 10000 }
    users:
      - { login: ${ADMINISTRATOR}, name: Administrator, password: "\${ADMINISTRATOR_PASSWORD}" }
administrators:
  - { domain: ${DOMAIN}, login: ${ADMINISTRATOR}, role: global-admin }
`;

/** The login of the `n`th person, counted from 1. */
export function login(n: number): string {
  return `person-${n}`;
}

/** Fills the built-in directory of the domain with `world.users` people. */
export async function insertPeople(world: World): Promise<void> {
  await world.database.query(
    `INSERT INTO builtin_people (id, domain_id, login, login_key, display_name, mail, mobile, created_at)
     SELECT gen_random_uuid(), domains.id, 'person-' || n, 'person-' || n, 'Person ' || n,
            'person-' || n || '@example.test', '+352' || (600000000 + n), now()
     FROM domains, generate_series(1, $2::int) AS n WHERE domains.name = $1`,
    [DOMAIN, world.users],
  );
}

export async function domainId(world: World): Promise<string> {
  const [row] = await world.database.query<{ id: string }>('SELECT id FROM domains WHERE name = $1', [DOMAIN]);
  if (!row) throw new Error('the configuration was not applied');
  return row.id;
}

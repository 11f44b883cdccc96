import { describe, expect, it } from 'vitest';
import type { Environment } from '../config/environment.js';
import { plainSecret } from '../crypto/secret-types.js';
import type { ConfigurationSnapshot, Declared } from './configuration.js';
import { startupProblems } from './startup-problems.js';

function snapshot(values: {
  publicUrl?: string | undefined;
  managerAuth?: string;
  declared?: Record<string, Declared[]>;
}): ConfigurationSnapshot {
  return {
    publicUrl: 'publicUrl' in values ? values.publicUrl : 'https://id.example.test',
    setting: () => values.managerAuth ?? 'UID',
    declared: (kind: string) => values.declared?.[kind] ?? [],
  } as unknown as ConfigurationSnapshot;
}

const REAL = { embedded: false, tls: undefined } as Environment;
const EMBEDDED = { embedded: true, tls: undefined } as Environment;
const WITH_AUTHORITY = { embedded: false, tls: { cert: 'c', key: 'k', clientCa: 'a' } } as Environment;

const declared = (name: string, secrets: Record<string, string>): Declared => ({
  name,
  spec: {},
  version: '1',
  secrets: Object.fromEntries(Object.entries(secrets).map(([path, value]) => [path, plainSecret(value)])),
});

const wheres = (environment: Environment, values: Parameters<typeof snapshot>[0]) =>
  startupProblems(environment, snapshot(values)).map(({ where }) => where);

describe('real mode starts', () => {
  it('on https', () => expect(wheres(REAL, {})).toEqual([]));

  it.each(['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:8080'])(
    'on %s, which nobody else reaches',
    (url) => expect(wheres(REAL, { publicUrl: url })).toEqual([]),
  );

  it('with client certificates whose authority is named', () =>
    expect(wheres(WITH_AUTHORITY, { managerAuth: 'PKI' })).toEqual([]));

  it('whatever the password of a directory, which is not ours to judge', () =>
    expect(wheres(REAL, { declared: { directory: [declared('d', { bindPassword: 'password' })] } })).toEqual([]));
});

describe('real mode refuses to start', () => {
  it.each([undefined, 'http://id.example.test', 'http://127.0.0.1.example.test'])(
    'attack 3: on the public URL %s',
    (publicUrl) => expect(wheres(REAL, { publicUrl })).toEqual(['publicUrl']),
  );

  it('on client certificates without an authority, and so does the embedded mode', () => {
    expect(wheres(REAL, { managerAuth: 'PKI' })).toEqual(['LATCHKEY_TLS_CLIENT_CA']);
    expect(wheres(EMBEDDED, { managerAuth: 'PKI' })).toEqual(['LATCHKEY_TLS_CLIENT_CA']);
  });

  it('on the secrets of the demo world, which it names and does not show', () => {
    const agents = { agent: [declared('gateway', { clientSecret: 'demo-agent-secret' })] };
    const consumers = { consumer: [declared('desk', { secret: 'own', 'tokens[0].token': 'mh7an9dkrg59' })] };
    const problems = startupProblems(REAL, snapshot({ declared: { ...agents, ...consumers } }));
    expect(problems.map(({ where }) => where)).toEqual([
      'consumer desk: tokens[0].token',
      'agent gateway: clientSecret',
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/demo-agent-secret|mh7an9dkrg59/);
  });
});

it('the embedded mode starts on the demo world', () => {
  const agents = { agent: [declared('gateway', { clientSecret: 'demo-agent-secret' })] };
  expect(wheres(EMBEDDED, { publicUrl: 'http://127.0.0.1:8080', declared: agents })).toEqual([]);
});

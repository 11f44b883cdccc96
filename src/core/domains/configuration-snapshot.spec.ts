import { describe, expect, it } from 'vitest';
import { integerSetting } from '../settings/setting-types.js';
import { type Declared, StoredConfiguration } from './configuration-snapshot.js';
import type { DeclaredKind } from './declared-object.entity.js';
import { Domain } from './domain.entity.js';
import { foldName } from './fold-name.js';
import { ServerConfiguration } from './server-configuration.entity.js';
import { StoredSetting } from './stored-setting.entity.js';

const perDomain = integerSetting({
  name: 'test_snapshot_domain',
  scope: 'domain',
  min: 1,
  max: 9,
  default: 1,
  meaning: '',
});
const perServer = integerSetting({
  name: 'test_snapshot_server',
  scope: 'server',
  min: 1,
  max: 9,
  default: 1,
  meaning: '',
});

interface Stored {
  readonly server?: Partial<ServerConfiguration>;
  readonly domains?: Partial<Domain>[];
  readonly settings?: [scope: string, name: string, value: unknown][];
  readonly objects?: (Partial<Declared> & { kind: DeclaredKind })[];
}

function snapshot({ server, domains = [], settings = [], objects = [] }: Stored): StoredConfiguration {
  return new StoredConfiguration(
    Object.assign(new ServerConfiguration(), { id: 1, publicUrl: null, defaultDomain: null, revision: '7', ...server }),
    domains.map((fields) =>
      Object.assign(new Domain(), { blocked: false, nameKey: foldName(fields.name ?? ''), ...fields }),
    ),
    settings.map(([scope, name, value]) => Object.assign(new StoredSetting(), { scope, name, value })),
    objects.map((object) => ({ name: 'x', spec: {}, secrets: {}, version: '1', ...object })),
  );
}

describe('a setting in the snapshot', () => {
  it('has its default when nobody gave it', () => {
    expect(snapshot({}).setting(perDomain, 'd1')).toBe(1);
    expect(snapshot({}).setting(perDomain)).toBe(1);
  });

  it('has the nearest value: domain, then server, then default', () => {
    const configuration = snapshot({
      settings: [
        ['server', perDomain.name, 2],
        ['d1', perDomain.name, 3],
      ],
    });
    expect(configuration.setting(perDomain, 'd1')).toBe(3);
    expect(configuration.setting(perDomain, 'd2')).toBe(2);
    expect(configuration.setting(perDomain)).toBe(2);
  });

  it('of the server is not given by a domain', () => {
    const configuration = snapshot({ settings: [['d1', perServer.name, 3]] });
    expect(configuration.setting(perServer, 'd1')).toBe(1);
  });

  it('out of bounds gives way to the next one', () => {
    const configuration = snapshot({
      settings: [
        ['d1', perDomain.name, 99],
        ['server', perDomain.name, 2],
        ['server', perServer.name, 'many'],
      ],
    });
    expect(configuration.setting(perDomain, 'd1')).toBe(2);
    expect(configuration.setting(perServer)).toBe(1);
  });
});

describe('a domain in the snapshot', () => {
  const configuration = snapshot({
    domains: [
      { id: 'd1', name: 'Straße Ⅳ' },
      { id: 'd2', name: 'closed', blocked: true },
    ],
  });

  it.each(['Straße Ⅳ', ' STRAßE  iv ', 'straße IV'])('is found as "%s"', (name) => {
    expect(configuration.domain(name)?.id).toBe('d1');
  });

  it('counts as absent by name while it is blocked', () => {
    expect(configuration.domain('closed')).toBeUndefined();
    expect(configuration.domainById('d2')?.blocked).toBe(true);
  });

  it.each(['', 'straße', '__proto__', 'constructor', '\0'])('is not found as "%s"', (name) => {
    expect(configuration.domain(name)).toBeUndefined();
    expect(configuration.domainById(name)).toBeUndefined();
  });
});

describe('the snapshot', () => {
  it('says what the server was given, and undefined for what it was not', () => {
    expect(snapshot({})).toMatchObject({ revision: '7', publicUrl: undefined, defaultDomain: undefined });
    expect(snapshot({ server: { publicUrl: 'https://id.example.test', defaultDomain: 'ACME' } })).toMatchObject({
      publicUrl: 'https://id.example.test',
      defaultDomain: 'ACME',
    });
  });

  it('keeps declared things apart by kind and in their order', () => {
    const configuration = snapshot({
      objects: [
        { kind: 'realm', name: 'b' },
        { kind: 'directory', name: 'x' },
        { kind: 'realm', name: 'a' },
      ],
    });
    expect(configuration.declared('realm').map(({ name }) => name)).toEqual(['b', 'a']);
    expect(configuration.declared('agent')).toEqual([]);
  });
});

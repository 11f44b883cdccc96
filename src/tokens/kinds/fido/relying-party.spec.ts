import { describe, expect, it } from 'vitest';
import { ceremonyAddress, relyingParty } from './relying-party.js';

describe('the relying party', () => {
  it.each([
    ['https://id.example.test', { id: 'id.example.test', origin: 'https://id.example.test' }],
    ['https://id.example.test:8443', { id: 'id.example.test', origin: 'https://id.example.test:8443' }],
    ['http://localhost:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
    ['http://127.0.0.1:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
    ['http://[::1]:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
    ['https://127.0.0.1:8443', { id: 'localhost', origin: 'https://localhost:8443' }],
  ])('of %s is %j', (publicUrl, expected) => {
    expect(relyingParty(publicUrl)).toMatchObject(expected);
  });

  it.each(['http://id.example.test', 'https://192.0.2.1', 'https://[2001:db8::1]', 'http://192.0.2.1:8080'])(
    'does not exist for %s, where no browser holds a ceremony',
    (publicUrl) => {
      expect(relyingParty(publicUrl)).toBeUndefined();
    },
  );

  it('does not exist without a public URL', () => {
    expect(relyingParty(undefined)).toBeUndefined();
  });

  it('has its ceremonies on localhost when the public URL is a loopback address', () => {
    expect(ceremonyAddress('http://127.0.0.1:8080/webapps/selfreg/?req=abc')).toBe(
      'http://localhost:8080/webapps/selfreg/?req=abc',
    );
    expect(ceremonyAddress('http://localhost:8080/webapps/selfreg/')).toBeUndefined();
    expect(ceremonyAddress('https://id.example.test/')).toBeUndefined();
  });
});

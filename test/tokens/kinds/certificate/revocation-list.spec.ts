import { readFileSync } from 'node:fs';
import { X509Crl } from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../../../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../../../support/test-database.js';
import { makePki } from '../../../support/test-pki.js';

describe('GET /pki/crl', () => {
  let database: TestDatabase;
  let server: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    server = await TestApp.start({ database, configuration: 'publicUrl: https://id.example.test\n' });
  });

  afterAll(async () => {
    await server.stop();
    await database.stop();
  });

  const list = () => server.app.inject({ method: 'GET', url: '/pki/crl' });

  it('is not there without an issuing authority', async () => {
    expect((await list()).statusCode).toBe(404);
  });

  it('is signed by the authority of the configuration file, whose key is not in the database', async () => {
    const pki = await makePki();
    await server.apply(
      `publicUrl: https://id.example.test\npki: { certificateFile: ${pki.certificateFile}, key: "\${PKI_KEY}" }\n`,
      { PKI_KEY: pki.key },
    );
    const answer = await list();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/pkix-crl');
    const crl = new X509Crl(new Uint8Array(answer.rawPayload));
    expect(await crl.verify({ publicKey: pki.certificate })).toBe(true);
    expect(crl.entries).toEqual([]);
    expect(crl.issuer).toBe(pki.certificate.subject);
    const stored = await database.dataSource.query<unknown[]>('SELECT * FROM declared_objects');
    expect(JSON.stringify(stored)).toContain(pki.certificateFile);
    expect(JSON.stringify(stored)).not.toContain(pki.key.split('\n')[1]);
  });

  it('is signed with a key in a file, too', async () => {
    const pki = await makePki();
    const { keyFile } = pki;
    expect(readFileSync(keyFile, 'utf8')).toBe(pki.key);
    await server.apply(
      `publicUrl: https://id.example.test\npki: { certificateFile: ${pki.certificateFile}, keyFile: ${keyFile} }\n`,
    );
    const crl = new X509Crl(new Uint8Array((await list()).rawPayload));
    expect(await crl.verify({ publicKey: pki.certificate })).toBe(true);
  });

  it.each(['', ', keyFile: a.pem, key: b'])('asks for one key: {certificateFile%s}', async (key) => {
    const text = `publicUrl: https://id.example.test\npki: { certificateFile: ca.pem${key} }\n`;
    await expect(server.apply(text)).rejects.toThrow('give either keyFile or key');
  });
});

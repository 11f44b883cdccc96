import { TestApp } from '../support/test-app.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { TestCa } from '../support/test-ca.js';
import { realPart } from '../support/real-parts.js';
import { createTestDatabase } from '../support/test-database.js';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';

/** A server for clients, on the demo world. */
export interface ClientsServer {
  readonly app: TestApp;
  /** Where clients call. */
  readonly url: string;
  /** The authority behind its certificate; its own certificate when it is self-signed. */
  readonly caFile: string;
  /** Of the authority; for further certificates. */
  readonly ca: TestCa;
  stop(): Promise<void>;
}

/** Starts a server that listens with TLS. @param certificate who signed the listener's certificate */
export async function startTlsServer(
  certificate: 'authority' | 'self-signed',
  options: { configuration?: string; clientCertificates?: boolean } = {},
): Promise<ClientsServer> {
  const ca = await TestCa.create(temporaryFolder('clients'));
  const names = { addresses: ['127.0.0.1'], names: ['localhost'] };
  const fault = certificate === 'self-signed' ? certificate : undefined;
  const { certFile, keyFile } = await ca.issue('listener', names, fault);
  const database = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
  const tls = { cert: certFile, key: keyFile, clientCa: options.clientCertificates ? ca.caFile : undefined };
  const app = await TestApp.start({
    database,
    environment: { tls },
    configuration: options.configuration ?? DEMO_WORLD.replace('publicUrl: http:', 'publicUrl: https:'),
  });
  return {
    app,
    url: `${app.url}/manag/`,
    caFile: certificate === 'self-signed' ? certFile : ca.caFile,
    ca,
    stop: async () => {
      await app.stop();
      await database.stop();
    },
  };
}

import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { linkUrl } from './link-url.js';

const SECRET = plainSecret('Zk3v9w0QmT6yH1b4cP8sXeLr2NdUaJfGoIhKqVtBwYs');
const PATH = '/webapps/pwreset/';

describe('the URL of a link', () => {
  it.each([
    ['https://id.example.test', 'https://id.example.test/webapps/pwreset/'],
    ['https://id.example.test/', 'https://id.example.test/webapps/pwreset/'],
    ['https://id.example.test:8443', 'https://id.example.test:8443/webapps/pwreset/'],
    ['https://proxy.example.test/portal', 'https://proxy.example.test/portal/webapps/pwreset/'],
    ['https://proxy.example.test/portal/', 'https://proxy.example.test/portal/webapps/pwreset/'],
    ['https://proxy.example.test/portal//', 'https://proxy.example.test/portal/webapps/pwreset/'],
    ['https://id.example.test/?a=1#b', 'https://id.example.test/webapps/pwreset/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/webapps/pwreset/'],
  ])('attack 3: keeps scheme, host, port and path of %s', (publicUrl, expected) => {
    expect(linkUrl(publicUrl, PATH, SECRET)).toBe(`${expected}?req=${SECRET}`);
  });

  it('attack 1: is made of nothing but the configuration, the path and the secret', () => {
    expect(linkUrl).toHaveLength(3);
    expect(new URL(linkUrl('https://id.example.test', PATH, SECRET)).searchParams.get('req')).toBe(SECRET);
  });
});

import { describe, expect, it } from 'vitest';
import { loggablePath } from './loggable-path.js';

const SECRET = 'Zk3v9w0QmT6yH1b4cP8sXeLr2NdUaJfGoIhKqVtBwYs';

describe('attack 70: the path of a request in the log', () => {
  it.each([
    ['/', '/'],
    ['/webapps/pwreset/password', '/webapps/pwreset/password'],
    [`/webapps/pwreset/?req=${SECRET}`, '/webapps/pwreset/'],
    [`/webapps/pwreset/?lang=de&req=${SECRET}#top`, '/webapps/pwreset/'],
    [`/webapps/pwreset/${SECRET}`, '/webapps/pwreset/[secret]'],
    [`/${SECRET}${SECRET}/x`, '/[secret]/x'],
    ['/user/processRequest/4711/AbC123', '/user/processRequest/[id]/[code]'],
    ['/rest/v1/iam/enable_requests/abc', '/rest/v1/iam/enable_requests/[id]'],
    ['/oauth/authorizeRequestToken/abc', '/oauth/authorizeRequestToken/[token]'],
    ['/assets/uwhuQEpzozvSfn0G/latchkey.css', '/assets/uwhuQEpzozvSfn0G/latchkey.css'],
  ])('of %s is %s', (url, path) => {
    expect(loggablePath(url)).toBe(path);
  });

  it('is cut when it is very long', () => {
    expect(loggablePath(`/${'a/'.repeat(5_000)}`)).toHaveLength(500);
  });
});

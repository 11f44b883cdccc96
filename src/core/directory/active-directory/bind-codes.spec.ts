import { describe, expect, it } from 'vitest';
import { judgeActiveDirectoryBind } from './bind-codes.js';

function refusal(subCode: string) {
  const diagnostic = `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${subCode}, v1db1\0`;
  return { status: 49, diagnostic, controls: [], entries: [] };
}

describe('a bind in Active Directory', () => {
  it.each([
    ['525', 'credentials-invalid'],
    ['52e', 'credentials-invalid'],
    ['52E', 'credentials-invalid'],
    ['530', 'account-disabled'],
    ['531', 'account-disabled'],
    ['532', 'password-expired'],
    ['533', 'account-disabled'],
    ['701', 'account-expired'],
    ['773', 'password-must-change'],
    ['775', 'account-locked'],
    ['57', 'credentials-invalid'],
  ])('refused with data %s means %s', (subCode, code) => {
    expect(judgeActiveDirectoryBind(refusal(subCode))).toEqual({ ok: false, code });
  });

  it('refused without a sub-code means wrong credentials', () => {
    expect(judgeActiveDirectoryBind({ ...refusal('x'), diagnostic: '' })).toEqual({
      ok: false,
      code: 'credentials-invalid',
    });
  });

  it('accepted means right, whatever the words', () => {
    expect(judgeActiveDirectoryBind({ ...refusal('52e'), status: 0 })).toEqual({ ok: true });
  });

  it('not judged by the server is an error', () => {
    expect(() => judgeActiveDirectoryBind({ ...refusal('52e'), status: 51 })).toThrow(
      expect.objectContaining({ code: 'directory-unavailable' }) as Error,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { PPOLICY_OID, ppolicyErrorOf } from './ppolicy-control.js';

function replyWith(hex: string | undefined, oid = PPOLICY_OID) {
  const value = hex === undefined ? undefined : Buffer.from(hex, 'hex');
  return { status: 19, diagnostic: '', controls: [{ oid, value }], entries: [] };
}

describe('the password policy control', () => {
  it('names the error', () => {
    // As slapd sends it, e.g. MAOBAQg= for a password in history.
    expect(ppolicyErrorOf(replyWith(Buffer.from('MAOBAQg=', 'base64').toString('hex')))).toBe('passwordInHistory');
    expect(ppolicyErrorOf(replyWith('3003810100'))).toBe('passwordExpired');
    expect(ppolicyErrorOf(replyWith('3003810102'))).toBe('changeAfterReset');
    expect(ppolicyErrorOf(replyWith('3003810106'))).toBe('passwordTooShort');
  });

  it('names it beside a warning', () => {
    expect(ppolicyErrorOf(replyWith('3008a00380013c810101'))).toBe('accountLocked');
  });

  it('names none where there is none', () => {
    for (const hex of ['3000', '3005a00380013c', undefined, '', '300381017f']) {
      expect(ppolicyErrorOf(replyWith(hex))).toBeUndefined();
    }
    expect(ppolicyErrorOf(replyWith('3003810106', '1.2.3'))).toBeUndefined();
    expect(ppolicyErrorOf({ status: 0, diagnostic: '', controls: [], entries: [] })).toBeUndefined();
  });
});

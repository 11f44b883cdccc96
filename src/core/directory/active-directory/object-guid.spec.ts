import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guidOctets, guidText } from './object-guid.js';

describe('objectGUID', () => {
  it('is written as Windows writes it', () => {
    // G4GF8aQ1A0KkEJ3btOkZEQ== as the directory sends it.
    const octets = Buffer.from('G4GF8aQ1A0KkEJ3btOkZEQ==', 'base64');
    expect(guidText(octets)).toBe('f185811b-35a4-4203-a410-9ddbb4e91911');
    expect(guidOctets('F185811B-35A4-4203-A410-9DDBB4E91911')).toEqual(octets);
  });

  it('survives the way there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const text = guidText(Buffer.from(bytes)) ?? '';
        expect(guidOctets(text)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('is nothing else', () => {
    expect(guidText(undefined)).toBeUndefined();
    expect(guidText(Buffer.alloc(15))).toBeUndefined();
    for (const text of ['', '*', 'f185811b35a44203a4109ddbb4e91911', 'f185811b-35a4-4203-a410-9ddbb4e9191', '{x}']) {
      expect(guidOctets(text)).toBeUndefined();
    }
  });
});

import { describe, expect, it } from 'vitest';
import { isStoredUuid, isUuid } from './uuid.js';

const ID = '19738eb3-0183-b148-9420-7cd30a921f58';

describe('a UUID', () => {
  it('is one of any version, in lower case where it is compared as a text', () => {
    expect([isUuid(ID), isStoredUuid(ID)]).toEqual([true, true]);
    expect([isUuid(ID.toUpperCase()), isStoredUuid(ID.toUpperCase())]).toEqual([true, false]);
  });

  it.each(['', ` ${ID}`, `${ID}\n`, `{${ID}}`, ID.replaceAll('-', ''), `${ID}0`, ID.replace('1', 'g')])(
    'is not %j',
    (text) => expect([isUuid(text), isStoredUuid(text)]).toEqual([false, false]),
  );
});

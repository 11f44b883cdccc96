import { describe, expect, it } from 'vitest';
import { nameOf } from './user-form.js';
import { FIRST_NAME, followingDisplayName } from './user-names.js';

describe('the pair of names that mean the same', () => {
  const said = (documented: string | null | undefined, ofSdk: string | null | undefined, present?: string) =>
    nameOf({ documented, ofSdk }, FIRST_NAME, present);

  it.each([
    [undefined, undefined, 'Kim', undefined],
    ['Kim', 'Kim', 'Kim', undefined],
    ['Ada', undefined, 'Kim', 'Ada'],
    [undefined, 'Ada', 'Kim', 'Ada'],
    ['Kim', 'Ada', 'Kim', 'Ada'],
    ['Ada', 'Kim', 'Kim', 'Ada'],
    ['Ada', 'Ada', 'Kim', 'Ada'],
    [null, 'Kim', 'Kim', null],
    [null, null, undefined, undefined],
    ['Ada', undefined, undefined, 'Ada'],
  ])('%j and %j, of somebody called %j, mean %j', (documented, ofSdk, present, meant) => {
    expect(said(documented, ofSdk, present)).toBe(meant);
  });

  it('must not contradict each other', () => {
    expect(() => said('Ada', 'Bea', 'Kim')).toThrow('firstName: differs from name');
    expect(() => said(null, 'Bea', 'Kim')).toThrow('firstName: differs from name');
  });
});

describe('the display name', () => {
  const kim = { displayName: 'Kim Lee', firstName: 'Kim', lastName: 'Lee' };

  it.each([
    [kim, { firstName: 'Ada' }, 'Ada Lee'],
    [kim, { lastName: 'Li' }, 'Kim Li'],
    [kim, { firstName: null }, 'Lee'],
    [kim, { firstName: null, lastName: null }, undefined],
    [kim, {}, undefined],
    [{ ...kim, displayName: 'Dr. Lee' }, { firstName: 'Ada' }, undefined],
  ])('of %j with %j becomes %j', (person, names, expected) => {
    expect(followingDisplayName(person, names)).toBe(expected);
  });
});

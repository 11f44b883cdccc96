import { describe, expect, it } from 'vitest';
import { readRoles, roleCodes } from './wire-roles.js';

describe('roles on the wire', () => {
  it.each([
    [[], { role: undefined, others: [] }],
    [['ADMIN'], { role: 'global-admin', others: [] }],
    [['WORKSPACE_ADMIN'], { role: 'domain-admin', others: [] }],
    [['USER_MANAGER'], { role: 'user-manager', others: [] }],
    [['USER_ADMIN'], { role: 'user-manager', others: [] }],
    [['USER_MANAGER', 'ADMIN', 'REPORT_ADMIN'], { role: 'global-admin', others: ['REPORT_ADMIN'] }],
    [['DATASET_ADMIN', 'SCHEMA_ADMIN'], { role: undefined, others: ['DATASET_ADMIN', 'SCHEMA_ADMIN'] }],
  ])('%j mean the highest with rights, and those without', (codes, meaning) => {
    expect(readRoles(codes)).toEqual(meaning);
  });

  it.each(['admin', 'ADMIN ', 'EMPEROR', '', '__proto__', 'toString'])('%j means none', (code) => {
    expect(readRoles(['ADMIN', code])).toBeUndefined();
  });

  it('are shown by code; what else is kept is not taken for one', () => {
    expect(roleCodes('user-manager', ['REPORT_ADMIN', 'REPORT_ADMIN', 'ADMIN', 7, null])).toEqual([
      'USER_MANAGER',
      'REPORT_ADMIN',
    ]);
    expect(roleCodes(undefined, 'ADMIN')).toEqual([]);
    expect(roleCodes(undefined, { 0: 'ADMIN' })).toEqual([]);
  });
});

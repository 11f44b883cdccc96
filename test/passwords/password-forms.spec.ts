import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FoundPerson, People } from '../../src/core/directory/people.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { PasswordForms } from '../../src/passwords/password-forms.js';
import { type ResetWorld, startResetWorld } from '../pwreset/services/reset-world.js';
import { eachDatabase } from '../support/test-database.js';

eachDatabase((database) => {
  let world: ResetWorld;
  let jane: FoundPerson;

  beforeEach(async () => {
    world = await startResetWorld(database());
    jane = await world.services.get(People).byLogin(world.remoteDomain, 'jane');
  });

  afterEach(async () => {
    await world.close();
    await database().clear();
  });

  const forms = (): PasswordForms => world.services.get(PasswordForms);
  const failWith = (error: unknown): void => {
    world.services.directory.before = (step) => {
      if (step === 'passwordRules') throw error;
    };
  };

  it('the form for a new password says whose it is and what it needs', async () => {
    expect(await forms().of(jane)).toMatchObject({ login: 'jane', domainName: 'CORP', rules: { minLength: 8 } });
    expect(await forms().ifReachable(jane)).toEqual(await forms().of(jane));
  });

  it('comes back without the rules while the directory cannot be asked', async () => {
    failWith(new DomainError('directory-unavailable'));
    expect(await forms().ifReachable(jane)).toBeUndefined();
    await expect(forms().of(jane)).rejects.toThrow('directory-unavailable');
    failWith(new Error('a fault of ours'));
    await expect(forms().ifReachable(jane)).rejects.toThrow('a fault of ours');
  });
});

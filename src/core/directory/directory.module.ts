import { Global, Module } from '@nestjs/common';
import { Accounts } from './accounts.js';
import { BuiltinPersonRepository } from './builtin/builtin-person.repository.js';
import { Directories } from './directories.js';
import { DirectoryFactory } from './directory-factory.js';
import { People } from './people.js';

@Global()
@Module({
  providers: [BuiltinPersonRepository, DirectoryFactory, Directories, Accounts, People],
  exports: [Directories, Accounts, People, BuiltinPersonRepository],
})
export class DirectoryModule {}

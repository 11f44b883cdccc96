import { Global, Module } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { KeyRing } from './key-ring.js';
import { PasswordHasher } from './password-hasher.js';
import { RandomSource, SystemRandomSource } from './random-source.js';

@Global()
@Module({
  providers: [
    { provide: RandomSource, useClass: SystemRandomSource },
    {
      provide: KeyRing,
      inject: [Environment, RandomSource],
      useFactory: (environment: Environment, random: RandomSource) => new KeyRing(environment.masterKeys, random),
    },
    PasswordHasher,
  ],
  exports: [RandomSource, KeyRing, PasswordHasher],
})
export class CryptoModule {}

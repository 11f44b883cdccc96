import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule, PARAMS_PROVIDER_TOKEN, type Params, PinoLogger } from 'nestjs-pino';
import { Environment } from '../config/environment.js';
import { ApplicationLogger } from './application-logger.js';
import { describeError } from './describe-error.js';
import { requestOfLine } from './request-log.js';

/** Names under which a secret could stand in a logged object; their values are never written. */
const SECRET_NAMES = [
  'password',
  'pwd',
  'secret',
  'token',
  'authorization',
  'cookie',
  'pin',
  'otp',
  'seed',
  'link',
].flatMap((name) => [name, `*.${name}`]);

/**
 * One JSON line for each event and each HTTP request. A request is logged by method, path without its secrets, status
 * and time; headers and bodies never are.
 */
@Module({})
export class LoggingModule {
  static forRoot({ logLevel }: Environment): DynamicModule {
    return {
      module: LoggingModule,
      imports: [
        LoggerModule.forRoot({
          // Requests are logged by `logRequests`.
          forRoutes: [],
          pinoHttp: {
            level: logLevel,
            redact: { paths: SECRET_NAMES, censor: '[redacted]' },
            serializers: { err: describeError },
            wrapSerializers: false,
            mixin: requestOfLine,
          },
        }),
      ],
      providers: [
        {
          provide: ApplicationLogger,
          inject: [PinoLogger, PARAMS_PROVIDER_TOKEN],
          useFactory: (logger: PinoLogger, params: Params) => new ApplicationLogger(logger, params),
        },
      ],
      exports: [LoggerModule, ApplicationLogger],
    };
  }
}

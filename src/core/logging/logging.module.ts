import { type DynamicModule, Module, RequestMethod } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { LoggerModule, PARAMS_PROVIDER_TOKEN, type Params, PinoLogger } from 'nestjs-pino';
import { Environment } from '../config/environment.js';
import { ApplicationLogger } from './application-logger.js';
import { describeError } from './describe-error.js';
import { loggablePath } from './loggable-path.js';

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
          // The library's own default, `{/*splat}`, matches nothing but `/` on Fastify.
          forRoutes: [{ path: '/{*path}', method: RequestMethod.ALL }],
          pinoHttp: {
            level: logLevel,
            redact: { paths: SECRET_NAMES, censor: '[redacted]' },
            serializers: {
              req: (request: { id: string; method: string; url: string }) => ({
                id: request.id,
                method: request.method,
                path: loggablePath(request.url),
              }),
              res: (response: { statusCode: number }) => ({ status: response.statusCode }),
              err: describeError,
            },
            autoLogging: { ignore: (request: IncomingMessage) => isProbe(request.url) },
            customLogLevel: (_request, response, error) =>
              error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'info',
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

function isProbe(url: string | undefined): boolean {
  return url === '/healthz' || url === '/readyz' || url === '/metrics';
}

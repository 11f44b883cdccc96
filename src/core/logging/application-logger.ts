import { Logger, type PinoLogger } from 'nestjs-pino';

/** Contexts in which Nest tells how it is built; of interest to nobody who runs the server. */
const CONSTRUCTION = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

/** The structured log as Nest's own logger, without the noise of construction. */
export class ApplicationLogger extends Logger {
  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && CONSTRUCTION.has(context)) return;
    super.log(message, ...rest);
  }

  /** What writes the lines, for who asks first whether one would be written. */
  get writer(): PinoLogger['logger'] {
    return this.logger.logger;
  }
}

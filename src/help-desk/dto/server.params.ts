import { BooleanParam, IntegerParam, StringParam, WordParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { EVENT_APPLICATIONS, type EventApplication } from '../event-applications.js';

/** Parameters of `Server_Status`. */
export class ServerStatusParams {
  @BooleanParam({ default: false, description: 'Whether to tell of what the server stands on.' })
  servers!: boolean;

  @BooleanParam({ default: false, description: 'Whether to tell of the web applications.' })
  webapps!: boolean;

  @BooleanParam({ default: false, description: 'Whether to tell of the web services.' })
  websrvs!: boolean;
}

/** Parameters of `Get_Event_Logs`. */
export class EventLogsParams {
  @WordParam({
    required: true,
    words: EVENT_APPLICATIONS,
    description: 'Whose events; see the guide for which are whose.',
  })
  application!: EventApplication;

  @IntegerParam({ min: 1, max: 1_000, default: 100, description: 'Events at most.' })
  max!: number;

  @StringParam({ description: 'Distinguished name of the person they are about; everybody in reach when absent.' })
  dn?: string;
}

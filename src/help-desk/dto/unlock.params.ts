import { type Webapp, WEBAPPS } from '../../core/webapps/webapp-unlock.entity.js';
import { IntegerParam, WordParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { DnParams } from './person.params.js';

/** Seconds: the 720 hours for which a link may work. */
const LONGEST_UNLOCK = 2_592_000;

/** Parameters of `Unlock_Application_Access`. */
export class UnlockParams extends DnParams {
  @WordParam({ required: true, words: WEBAPPS, description: 'The web application. In any case.' })
  application!: Webapp;

  @IntegerParam({ required: true, min: 1, max: LONGEST_UNLOCK, description: 'Seconds for which it stays open.' })
  expires!: number;
}

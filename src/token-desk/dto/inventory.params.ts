import { BooleanParam, StringParam, WordParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { INVENTORY_TYPES, type InventoryType } from '../../tokens/inventory/inventory-types.js';
import type { TokenStatus } from '../../tokens/token-states.js';
import { SlotParams } from './slot.params.js';

const STATUSES = ['ACTIVE', 'DISABLED', 'DECEASED'] as const satisfies readonly TokenStatus[];
const LONGEST_SERIAL = 256;

/** Parameters of `OpenOTP.Inventory_Register`. */
export class RegisterInventoryParams extends SlotParams {
  @StringParam({ required: true, maxLength: LONGEST_SERIAL, description: 'Serial number, as it was imported.' })
  serial!: string;

  @StringParam({ secret: true, maxLength: 100, description: 'What the token shows now; looked at when given.' })
  otp?: string;
}

/** Parameters of `Search_Inventory_Items`. */
export class SearchInventoryParams {
  @WordParam({ required: true, words: INVENTORY_TYPES, description: 'Sort of token. In any case.' })
  type!: InventoryType;

  @StringParam({ maxLength: LONGEST_SERIAL, description: 'Serial number; `*` stands for any characters.' })
  filter?: string;

  @BooleanParam({ description: 'Whether somebody has it, in a slot or linked; both when absent.' })
  linked?: boolean;

  @BooleanParam({ description: 'Whether it is `ACTIVE`; both when absent.' })
  active?: boolean;

  @WordParam({ words: STATUSES, description: 'Status of the token. In any case.' })
  status?: TokenStatus;

  @StringParam({ description: 'First moment at which it may have been imported, `YYYY-MM-DD HH:MM:SS` in UTC.' })
  start?: string;

  @StringParam({ description: 'Last moment at which it may have been imported, `YYYY-MM-DD HH:MM:SS` in UTC.' })
  stop?: string;
}

/** Parameters of `Link_Inventory_Item`. */
export class LinkInventoryParams {
  @WordParam({ required: true, words: INVENTORY_TYPES, description: 'Sort of token. In any case.' })
  type!: InventoryType;

  @StringParam({ required: true, maxLength: LONGEST_SERIAL, description: 'Serial number.' })
  reference!: string;

  @StringParam({ description: 'Distinguished name of the person; the token is taken back when absent or empty.' })
  dn?: string;
}

import { clouds, type CloudId } from '../../clouds/index.ts';
import type { Engine } from '../engine.ts';
import { allowEwsFile } from '../exchange-scripts/allow-list.ts';
import { scriptBytes } from '../exchange-scripts/powershell.ts';
import type { EwsTenant } from './ews.ts';

/** The application that a script is to allow. */
export interface EwsApplication {
  readonly cloud: CloudId;
  readonly clientId: string;
  readonly name: string;
}

/**
 * The script for an Exchange administrator as a file, everything filled in: it allows this application until EWS ends, and names the
 * others of the tenant that a list would cut off.
 */
export function ewsScriptFile({ clock }: Pick<Engine, 'clock'>, tenant: EwsTenant, { cloud, clientId, name }: EwsApplication): Buffer {
  const { tenantId, tenantName, holders } = tenant;
  const text = allowEwsFile({
    cloud: clouds[cloud],
    tenantId,
    tenantName,
    clientId,
    name,
    others: holders.filter((holder) => holder.clientId.toLowerCase() !== clientId.toLowerCase()),
    result: `ews-${tenantId}.json`,
    generatedAt: clock.now().toISOString(),
  });
  return scriptBytes(text);
}

import type { Draft } from '../../../preload/contract.ts';
import { serverById } from '../../servers/index.ts';
import { asFault } from '../../faults.ts';
import type { RequestContext } from './context.ts';

/**
 * Keeps who makes the certificate as the answer that the next new credential begins with. An answer that is the only one for
 * this software is nobody's choice, and editing a credential says nothing about others once the question was answered.
 * Where the settings cannot be written the question is asked once more, and what it was asked for goes on.
 */
export async function rememberCustody(
  { id, server, custody }: Pick<Draft, 'id' | 'server' | 'custody'>,
  { settings, services }: Pick<RequestContext, 'settings' | 'services'>,
): Promise<void> {
  const known = settings.read().custody;
  if (custody === null || custody === known || (id !== null && known !== 'ask')) return;
  if (serverById(server)?.certificate !== 'either') return;
  try {
    await settings.write({ custody });
  } catch (error) {
    services().engine.log.warn('settings.not-written', { fault: asFault(error).code });
  }
}

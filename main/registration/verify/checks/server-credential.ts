import { handoverOf } from '../../../credential/index.ts';
import type { ServerRule } from '../check-rule.ts';
import { failed, notTestable, passed } from '../verdict.ts';
import { heldOf, inServer } from './server-word.ts';

/** G8: the server has a credential with both ids. */
export const serverCredential: ServerRule = {
  sheet: 'credential',
  applies: (_record, linked) => linked === true,
  validate: inServer(({ word, server, context }) => {
    const { record } = context.run;
    const { clientId, tenantId, certificate, custody } = record;
    const ids = { server, clientId: clientId ?? '–', tenantId };
    const held = heldOf(word);
    if (held !== null) return passed('check.server-credential.passed', { server, name: held.name });
    // Nobody has said yet that the server uses this certificate, and it did not come from there.
    if (word.held.length === 0 && (certificate === null || (custody === 'keyring' && handoverOf(record) === null)))
      return notTestable('check.server-credential.not-yet', ids);
    return word.held.length === 0
      ? failed('check.server-credential.missing', ids)
      : failed('check.server-credential.twice', { ...ids, count: word.held.length });
  }),
};

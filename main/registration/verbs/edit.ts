import type { CredentialRecord, TextFieldName } from '../../credential/index.ts';
import type { Engine } from '../engine.ts';

/** The texts that change, as their rules give them; the others stay as they are. */
export type Edits = Readonly<Partial<Record<TextFieldName, string>>>;

/**
 * Changes what is written about a credential for people: name and annotations. Nothing of it is known to any tenant, so nobody
 * signs in, and a run that works on the credential meanwhile is not disturbed.
 *
 * @throws Fault input.credential.unknown, input.name.taken
 */
export function edit(engine: Engine, idOrName: string, edits: Edits): CredentialRecord {
  const { id } = engine.store.find(idOrName);
  const record = engine.store.change(id, () => edits);
  engine.log.info('credential.edited', { credential: id, fields: Object.keys(edits) });
  return record;
}

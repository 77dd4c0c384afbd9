import type { MigrationView } from '../../../preload/contract.ts';
import type { CredentialRecord } from '../../credential/index.ts';
import { moveTargets, nextOfMigration, withHandover } from '../../registration/migration.ts';
import type { Profile } from '../../servers/index.ts';
import type { Texts } from '../../texts/index.ts';

/** What a permission profile is called, in full and in two words; one that the administrator keeps by its id. */
export function profileName(id: string, which: 'name' | 'short', texts: Texts): string {
  const [short, name] = [`profile.${id}.short`, `profile.${id}.name`];
  if (which === 'short' && texts.has(short)) return texts.t(short);
  return texts.has(name) ? texts.t(name) : id;
}

/** Where a credential could move to, or is moving; null where its software is known to have no way without EWS. */
const targetOf = (record: CredentialRecord, isOpen: boolean): string | undefined => {
  const first: Pick<Profile, 'id'> | undefined = moveTargets(record)[0];
  return isOpen ? record.migration?.to.id : first?.id;
};

/** Undefined where the credential neither uses EWS nor has moved away from it. */
export function migrationView(record: CredentialRecord, texts: Texts): MigrationView | undefined {
  const next = nextOfMigration(record);
  if (next === null) return undefined;
  const target = targetOf(record, next !== 'begin');
  if (target === undefined) return undefined;
  const { timeline } = withHandover(record) ?? record.migration ?? { timeline: [] };
  return {
    target: profileName(target, 'short', texts),
    timeline: [...timeline],
    next,
    canGoBack: next !== 'begin',
  };
}

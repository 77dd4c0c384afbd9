import { isMailbox } from '../../credential/fields/index.ts';
import { Fault } from '../../faults.ts';
import { allTargets, finishMigration, lossesOf, migrate, migrateBack, type LossToAccept } from '../../registration/index.ts';
import { defaultMove, isUnconfirmed, serverById } from '../../servers/index.ts';
import { said } from '../../texts/index.ts';
import type { Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';
import { profileName } from './migration-view.ts';
import type { Runs } from './runs.ts';

type MigrationChannel = 'migration:offer' | 'migration:begin' | 'migration:finish' | 'migration:back';

/** An address as typed; null where none was. @throws Fault('migrate.mailbox-invalid') */
function mailboxTyped(typed: string): string | null {
  const address = typed.trim();
  if (address === '') return null;
  if (!isMailbox(address)) throw new Fault('migrate.mailbox-invalid', { params: { typed: address } });
  return address;
}

/** Names of what is lost that the window shows; their number is told. */
const shownNames = 5;

const lossView = ({ names, ...loss }: LossToAccept) => ({ ...loss, names: names.slice(0, shownNames) });

/** Requests about the way from EWS to another permission profile. */
export function createMigrationHandlers(context: RequestContext, runs: Runs): Pick<Handlers, MigrationChannel> {
  const engine = () => context.services().engine;
  const stepsOf = (id: string) => serverById(engine().store.find(id).server.id)?.move ?? defaultMove;
  const targetsOf = (id: string) => allTargets(engine().store.find(id), engine().profiles.list());
  return {
    'migration:offer': ({ id }) => {
      const { texts, store, ewsLosses } = engine();
      const record = store.find(id);
      const told = (key: string) => (texts.has(key) ? texts.t(key) : '');
      return Promise.resolve({
        targets: targetsOf(id).map((profile) => ({
          id: profile.id,
          name: profileName(profile.id, 'name', texts),
          description: told(`profile.${profile.id}.description`),
          needs: told(`profile.${profile.id}.needs`),
          unconfirmed: profile.unconfirmed || isUnconfirmed(profile.id),
          losses: lossesOf(engine(), record, profile).map(lossView),
        })),
        tenantId: record.tenantId,
        lookedAt: ewsLosses.of(record.tenantId)?.at ?? null,
        steps: stepsOf(id).map((key) => said(key, texts)),
      });
    },
    'migration:begin': ({ id, to, pilot, mailbox: typed, losses }) => {
      const targets = targetsOf(id);
      const profile = targets.find((each) => each.id === to);
      if (profile === undefined)
        throw new Fault('input.profile.unknown', { params: { profile: to, known: targets.map((each) => each.id).join(', ') } });
      const request = { credential: id, to: profile, mailbox: mailboxTyped(typed), pilot, losses, planOnly: false };
      return Promise.resolve({ run: runs.begin((how) => migrate(engine(), request, how)) });
    },
    'migration:finish': ({ id }) => Promise.resolve({ run: runs.begin((how) => finishMigration(engine(), id, false, how)) }),
    'migration:back': ({ id }) => Promise.resolve({ run: runs.begin((how) => migrateBack(engine(), id, false, how)) }),
  };
}

import { settled } from '../../audit/index.ts';
import { cloudIds, clouds } from '../../clouds/index.ts';
import { standingReport } from '../../registration/run/standing-report.ts';
import { createCertificate } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { handOver, handOverAndForget, isRegistrationDeleted, markStep, remove, restore, save } from '../../registration/index.ts';
import { requireKeySize } from '../../policies/index.ts';
import { annotationNames, givenAnnotations, textFields } from '../../credential/index.ts';
import { profileById, profileReference } from '../../servers/index.ts';
import { permittedDates } from '../../registration/certificates/new-certificate.ts';
import { edit } from '../../registration/verbs/index.ts';
import type { Handlers } from '../router.ts';
import { certificateFacts } from './certificate-facts.ts';
import { createChangeHandlers } from './changes.ts';
import { createChosenCertificates } from './chosen-certificates.ts';
import { confirmCopy } from './confirm-copy.ts';
import type { RequestContext } from './context.ts';
import { createDiagnosticsHandlers } from './diagnostics.ts';
import { createDownloadsHandlers } from './downloads.ts';
import { rememberCustody } from './custody-answer.ts';
import { certificateWish, checkDraft, saveRequest } from './draft.ts';
import { createEwsHandlers } from './ews.ts';
import { createExportHandlers } from './exports.ts';
import { createImportHandlers } from './imports.ts';
import { createKeyHandlers } from './keys.ts';
import { createAskedServerHandlers } from './asked-servers.ts';
import { createMigrationHandlers } from './migration.ts';
import { withFindings } from './server-findings.ts';
import { createPageHandlers } from './pages.ts';
import { createPolicyHandlers } from './policies.ts';
import { portalAddress, stepLink } from './portal.ts';
import { createPracticeServerHandlers } from './practice-servers.ts';
import { beginRemoval, beginRestoration, checkRestoration } from './removal-runs.ts';
import { createRotationHandlers } from './rotation.ts';
import { confirmSignInClient } from './sign-in-client.ts';
import { createRuns } from './runs.ts';
import { beginSetup } from './setup-runs.ts';
import { silentRun } from './silent-run.ts';
import { createProfileHandlers, profileViews, serverViews } from './servers.ts';
import { createStoreHandlers } from './store.ts';
import { createTrackHandlers } from './track.ts';
import { auditLine, credentialRow, reportView } from './views.ts';
import { createUpdateHandlers } from './updates.ts';
import { createVerificationHandlers } from './verifications.ts';
import { createDailyWatchHandlers } from './daily-watch.ts';
import { createWatchHandlers } from './watch.ts';

export type { RequestContext } from './context.ts';

/** The total map of requests: one client of the engine's services, without logic of its own. */
export function createHandlers(context: RequestContext): Handlers {
  const engine = () => context.services().engine;
  const texts = () => context.services().texts;
  const runs = createRuns(context);
  const chosen = createChosenCertificates();
  const changed = <T>(value: T): T => {
    context.emit('store:changed', null);
    return value;
  };

  return {
    ...createDiagnosticsHandlers(context),
    ...createDownloadsHandlers(context, chosen),
    ...createChangeHandlers(context),
    ...createEwsHandlers(context, runs),
    ...createExportHandlers(context, chosen),
    ...createImportHandlers(context, chosen),
    ...createKeyHandlers(context),
    ...createAskedServerHandlers(context, changed),
    ...createMigrationHandlers(context, runs),
    ...createPageHandlers(context),
    ...createPolicyHandlers(context),
    ...createPracticeServerHandlers(context),
    ...createProfileHandlers(context),
    ...createStoreHandlers(context),
    ...createTrackHandlers(context, chosen, changed),
    ...createUpdateHandlers(context),
    ...createVerificationHandlers(context, runs, changed),
    ...createWatchHandlers(context),
    ...createDailyWatchHandlers(context),
    ...createRotationHandlers(context, runs, chosen, changed),
    'app:read': () => {
      return Promise.resolve({
        ...context.app.facts(),
        language: texts().language,
        dataDirectory: context.services().directory,
        adminCenters: cloudIds.filter((id) => clouds[id].portal !== null),
        annotations: annotationNames.map((field) => {
          const { label, lines, column, search } = textFields[field];
          return { field, label: texts().t(label), lines, column: column === 'filled', search };
        }),
        servers: serverViews(texts()),
        profiles: profileViews(engine().profiles, texts()),
      });
    },
    'app:practise': async () => {
      await context.app.practise();
      context.emit('app:changed', null);
      return null;
    },
    'app:leave-practice': async () => {
      await context.app.leavePractice();
      context.emit('app:changed', null);
      return null;
    },
    'settings:read': () => Promise.resolve(context.settings.read()),
    'settings:write': async (change) => {
      await confirmSignInClient(context, change);
      const before = context.settings.read();
      await context.settings.write(change);
      const { language, theme } = context.settings.read();
      if (language !== before.language || theme !== before.theme) context.emit('app:changed', null);
      return null;
    },
    'credentials:list': ({ deleted }) =>
      withFindings(
        context.services(),
        engine()
          .store.list({ deleted })
          .map((record) => credentialRow(record, engine(), record.deletedAt !== null && isRegistrationDeleted(engine(), record.id))),
      ),
    'credential:read': async ({ id }) => {
      const { store } = engine();
      const record = store.find(id);
      const shown = standingReport(record, texts());
      const names = store.names();
      const history = settled(context.services().trail.list({ credentialId: id })).map((entry) => auditLine(entry, names, texts()));
      const report = reportView(shown, engine());
      const [credential = report.credential] = await withFindings(context.services(), [report.credential]);
      return { report: { ...report, credential }, history };
    },
    'credential:remove': async ({ id, purge }) => {
      await remove(engine(), { credential: id, purge, deleteRegistration: false, exportTo: '' }, silentRun(context));
      return changed(null);
    },
    'credential:annotate': ({ id, customer }) =>
      Promise.resolve(changed(credentialRow(edit(engine(), id, givenAnnotations({ customer })), engine()))),
    'removal:begin': ({ id, confirmName }) => Promise.resolve({ run: beginRemoval(runs, id, confirmName, context) }),
    'restoration:begin': ({ id }) => Promise.resolve({ run: beginRestoration(runs, id, context) }),
    'credential:restore': async ({ id }) => {
      checkRestoration(engine(), id);
      return changed(reportView(await restore(engine(), id, silentRun(context)), engine()));
    },
    'draft:check': (draft) => Promise.resolve(checkDraft(draft, engine(), texts())),
    'credential:save': async ({ draft, certificate }) => {
      const request = saveRequest(draft, certificate === null ? null : chosen.take(certificate), engine());
      const saved = await save(engine(), request, silentRun(context));
      await rememberCustody(draft, context);
      return changed(credentialRow(saved, engine()));
    },
    'setup:begin': async ({ draft, certificate }) => {
      const run = beginSetup(runs, draft, certificate === null ? null : chosen.take(certificate), context);
      await rememberCustody(draft, context);
      return { run };
    },
    'run:decide': ({ run, apply, hash, accepted, instead }) => {
      const profile = instead === undefined ? {} : { instead: profileReference(profileById(instead)) };
      runs.decide(run, { apply, hash, accepted, ...profile });
      return Promise.resolve(null);
    },
    'run:cancel': ({ run }) => {
      runs.cancel(run);
      return Promise.resolve(null);
    },
    'setup:publish': ({ run, certificate }) => {
      runs.next(run, { act: 'publish', certificate: chosen.take(certificate).certificate });
      return Promise.resolve(null);
    },
    'setup:leave': ({ run, removeConsent = false }) => {
      runs.next(run, { act: 'end', removeConsent });
      return Promise.resolve(null);
    },
    'run:use-code': ({ run }) => {
      runs.useCode(run);
      return Promise.resolve(null);
    },
    'run:copy-address': async ({ run }) => {
      await context.desktop.copy(runs.address(run));
      return null;
    },
    'certificate:create': async ({ commonName }) => {
      const { keySize, lifetime } = certificateWish(context.settings.read(), engine().clock.now());
      requireKeySize(engine().policies, keySize);
      const made = await createCertificate({ commonName, keySize, ...permittedDates(engine(), lifetime) });
      engine().log.info('certificate.created', { thumbprint: made.certificate.thumbprint, keySize, notAfter: made.certificate.notAfter });
      return { certificate: chosen.keep({ ...made, origin: 'made-here' }), facts: certificateFacts(made.certificate) };
    },
    'handover:confirm': async ({ id, thumbprint }) =>
      changed(credentialRow(await handOver(engine(), id, thumbprint, silentRun(context)), engine())),
    'handover:forget-key': async ({ id, thumbprint }) =>
      changed(credentialRow(await handOverAndForget(engine(), id, thumbprint, silentRun(context)), engine())),
    'sheet:mark': ({ id, step, done }) => Promise.resolve(changed(credentialRow(markStep(engine(), id, step, done), engine()))),
    'sheet:open': async ({ id, step }) => {
      await context.desktop.openPage(stepLink(engine().store.find(id), step));
      return null;
    },
    'activity:list': ({ credential }) => {
      const names = engine().store.names();
      const entries = context.services().trail.list(credential === null ? { limit: 1000 } : { credentialId: credential });
      return Promise.resolve(settled(entries).map((entry) => auditLine(entry, names, texts())));
    },
    'clipboard:copy': async ({ text }) => {
      if (!context.known.knows(text) && !(await confirmCopy(context, text))) throw new Fault('window.not-confirmed');
      await context.desktop.copy(text);
      return null;
    },
    'portal:copy-consent': async ({ id }) => {
      await context.desktop.copy(portalAddress(engine().store.find(id), 'consent'));
      return null;
    },
    'portal:open': async ({ id, page }) => {
      await context.desktop.openPage(portalAddress(engine().store.find(id), page));
      return null;
    },
  };
}

import type { Certificate } from '../../certificates/index.ts';
import { storedCertificate } from '../../credential/index.ts';
import { asFault, type Fault } from '../../faults.ts';
import type { AdministratorSession } from '../../identity/session.ts';
import type { NewCertificate } from '../certificates/new-certificate.ts';
import type { Engine, Run } from '../engine.ts';
import { recordAct } from '../run/act.ts';
import { administratorOf, signInAdministrator } from '../run/administrator.ts';
import { registerAs, requireApplication, requireUnchanged, signOut, tenantOf, type RegisterRequest } from '../run/register.ts';
import { inTenant } from '../run/graph-faults.ts';
import type { Report } from '../run/report.ts';
import { addedConsent, removeAddedConsent, scopesIn, sessionConsent, type SessionConsent } from '../run/session-consent.ts';
import { underLease } from '../run/under-lease.ts';

/** What a run has come to while its administrator is still signed in. */
export interface Stay {
  readonly done: Report;
  /** Why what was asked for last did not work; what was done before stands. */
  readonly fault: Fault | null;
  /** Scopes that this session has added to the consent of the client that signs in. */
  readonly added: readonly string[];
}

/** What the session is still to do: publish the certificate that the server has made meanwhile, or end. */
export type NextAct =
  | { readonly act: 'publish'; readonly certificate: Certificate }
  | { readonly act: 'end'; /** Take back what was added to the consent of the client that signs in. */ readonly removeConsent: boolean };

/** The request that publishes the server's certificate for a credential as it is now. */
function publishing({ store }: Engine, id: string, certificate: Certificate): RegisterRequest {
  const record = store.find(id);
  const same = certificate.thumbprintSha256 === record.certificate?.thumbprintSha256;
  const next: NewCertificate | null = same ? null : { stored: storedCertificate(certificate, 'key-elsewhere'), privateKey: null };
  return { record, wish: { custody: 'external' }, certificate: Promise.resolve(next), planOnly: false };
}

/** The plan that was confirmed has said that the certificate follows; anything else in it is shown and asked for. */
const certificateAlone = (run: Run): Run => ({
  ...run,
  showsFindings: false,
  confirm: (preview) =>
    preview.changes.every(({ change }) => change.change === 'add-key-credential') ? Promise.resolve(true) : run.confirm(preview),
});

/**
 * As `register`, and then the administrator stays signed in until `next` says that nothing more is to come: the server's certificate is
 * published in the same session. While it is waited for nobody's lease is held.
 *
 * @throws Fault
 */
export async function registerAndStay(
  engine: Engine,
  request: RegisterRequest,
  next: (stay: Stay) => Promise<NextAct>,
  run: Run,
): Promise<Report> {
  const { cloud } = request.record;
  const open: { session: AdministratorSession | null; before: SessionConsent | null } = { session: null, before: null };
  // Without what was there before, nothing is known to have been added: then nothing is offered.
  const unseen = (error: unknown): null => {
    engine.log.warn('session.consent-unseen', { error: String(error) });
    return null;
  };
  request.certificate.catch(() => undefined); // its failure is met where it is awaited
  requireApplication(request);
  const carryOut = (asked: RegisterRequest, as: Run) =>
    underLease(engine, asked.record.id, as, async (leased, leasedRun) => {
      requireUnchanged(engine, asked.record);
      const connection = leased.connect(cloud);
      const administrator =
        open.session === null
          ? await signInAdministrator(leased, connection, cloud, leasedRun, tenantOf(asked, run))
          : administratorOf(leased, connection, open.session);
      open.session = administrator.session;
      open.before ??= await sessionConsent(leased, administrator, leasedRun).catch(unseen);
      return registerAs(leased, connection, administrator, asked, leasedRun);
    });
  try {
    let done = await carryOut(request, run);
    let fault: Fault | null = null;
    const signedIn = () => {
      if (open.session === null) throw new Error('nobody is signed in');
      return administratorOf(engine, engine.connect(cloud), open.session);
    };
    /** What cannot be read is not offered. */
    const consent = async () => {
      if (open.before === null) return [];
      const now = await sessionConsent(engine, signedIn(), run).catch(unseen);
      return now === null ? [] : scopesIn(addedConsent(open.before, now));
    };
    for (;;) {
      const wanted = await next({ done, fault, added: await consent() });
      try {
        if (wanted.act === 'end') {
          if (!wanted.removeConsent || open.before === null) return done;
          const { before } = open;
          const scopes = await inTenant({ step: 'connect' }, () => removeAddedConsent(engine, signedIn(), before, run));
          const { id, tenantId, name } = done.credential;
          recordAct(engine, { id, tenantId, name }, 'remove-sign-in-consent', null, { scopes });
          run.onProgress({ kind: 'consent-removed', scopes });
          return done;
        }
        done = await carryOut(publishing(engine, done.credential.id, wanted.certificate), certificateAlone(run));
        fault = null;
      } catch (error) {
        if (run.signal?.aborted === true) throw error;
        fault = asFault(error);
      }
    }
  } finally {
    if (open.session !== null) await signOut({ session: open.session }, cloud, run);
  }
}

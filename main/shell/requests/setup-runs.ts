import type { Draft } from '../../../preload/contract.ts';
import { newCertificate } from '../../registration/certificates/new-certificate.ts';
import { connect, type ConnectRequest } from '../../registration/index.ts';
import type { KeptCertificate } from './chosen-certificates.ts';
import type { RequestContext } from './context.ts';
import { Fault } from '../../faults.ts';
import { acceptDraft, certificateWish, draftProfile } from './draft.ts';
import type { Runs } from './runs.ts';

function connectRequest(
  draft: Draft,
  kept: KeptCertificate | null,
  { services, settings }: RequestContext,
): { request: ConnectRequest; tenant: string | undefined } {
  const { engine } = services();
  const { name, annotations, clientId, tenant, appName, redirectUri, server } = acceptDraft(draft, engine);
  const { custody } = draft;
  if (custody === null) throw new Fault('credential.custody-open');
  const { keySize, lifetime } = certificateWish(settings.read(), engine.clock.now());
  // A stored application that we made is continued; an id that was typed for a new credential is adopted.
  const adopt = draft.id === null ? clientId : null;
  const request: ConnectRequest = {
    name,
    annotations,
    appName,
    cloud: draft.cloud,
    redirectUri,
    server,
    profile: draftProfile(draft, engine),
    custody,
    certificate: custody === 'external' && kept?.privateKey === null ? kept.certificate : null,
    ...(custody === 'keyring' && kept !== null && kept.privateKey !== null ? { made: newCertificate(kept, kept.origin) } : {}),
    keySize,
    lifetime,
    clientId: adopt,
    planOnly: false,
  };
  return { request, tenant };
}

/**
 * Sets a credential up as the dialog describes it.
 *
 * @returns the id of the run
 * @throws the fault of the first field that is not acceptable; Fault credential.custody-open
 */
export function beginSetup(runs: Runs, draft: Draft, kept: KeptCertificate | null, context: RequestContext): string {
  const { request, tenant } = connectRequest(draft, kept, context);
  const { engine } = context.services();
  return runs.begin((run, { stay }) => connect(engine, { ...request, stay }, { ...run, showsFindings: true }), {
    offersProfile: true,
    ...(tenant === undefined ? {} : { tenant }),
  });
}

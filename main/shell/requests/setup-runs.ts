import { randomUUID } from 'node:crypto';
import type { Draft, SetupEvent } from '../../../preload/contract.ts';
import { asFault, Fault } from '../../faults.ts';
import { profileById } from '../../profiles/index.ts';
import { storedCertificate } from '../../registration/operations/new-certificate.ts';
import { connect, type ConnectRequest } from '../../registration/operations/connect.ts';
import type { Preview, Run } from '../../registration/operations/engine.ts';
import { progressLine } from '../../registration/operations/progress-text.ts';
import { planLine } from '../../registration/operations/report.ts';
import { findingText } from '../../registration/describe.ts';
import type { Services } from '../../services.ts';
import { faultView } from '../router.ts';
import type { KeptCertificate } from './chosen-certificates.ts';
import type { RequestContext } from './context.ts';
import { acceptDraft, certificateWish } from './draft.ts';
import { reportView } from './views.ts';

interface Decision {
  readonly apply: boolean;
  readonly accepted: readonly string[];
}

interface OpenRun {
  readonly controller: AbortController;
  address: string | null;
  decide: ((decision: Decision) => void) | null;
}

/** The set-ups that are under way in this window. */
export interface SetupRuns {
  /** @returns the id of the run; everything else comes as `setup:event` */
  begin(draft: Draft, certificate: KeptCertificate | null): string;
  decide(run: string, decision: Decision): void;
  cancel(run: string): void;
  /** @throws Fault('window.run-unknown') */
  address(run: string): string;
}

function connectRequest(draft: Draft, kept: KeptCertificate | null, { services, settings }: RequestContext): { request: ConnectRequest; tenant: string | undefined } {
  const { name, clientId, tenant, redirectUri } = acceptDraft(draft, services().engine.store);
  const { keySize, validMonths } = certificateWish(settings.read());
  // A stored application that we made is continued; an id that was typed for a new credential is adopted.
  const adopt = draft.id === null ? clientId : null;
  const request: ConnectRequest = {
    name,
    appName: name,
    cloud: draft.cloud,
    redirectUri,
    profile: profileById(draft.profile),
    custody: draft.custody,
    certificate: draft.custody === 'external' && kept?.privateKey === null ? kept.certificate : null,
    ...(draft.custody === 'keyring' && kept !== null && kept.privateKey !== null ? { made: { stored: storedCertificate(kept.certificate), privateKey: kept.privateKey } } : {}),
    keySize,
    validMonths,
    clientId: adopt,
    planOnly: false,
  };
  return { request, tenant };
}

function previewEvent({ tenant, username, mayConsent, changes, findings }: Preview, { texts }: Services): SetupEvent {
  const { id, displayName, defaultDomain } = tenant;
  return {
    kind: 'preview',
    tenant: { id, displayName, defaultDomain },
    username,
    mayConsent,
    plan: changes.map((planned) => planLine(planned, texts)),
    findings: findings.map((finding) => ({ finding: finding.finding, id: finding.id, text: findingText(finding, texts), acceptable: finding.acceptable })),
  };
}

export function createSetupRuns(context: RequestContext): SetupRuns {
  const runs = new Map<string, OpenRun>();
  const openRun = (id: string): OpenRun => {
    const run = runs.get(id);
    if (run === undefined) throw new Fault('window.run-unknown');
    return run;
  };

  function engineRun(open: OpenRun, tenant: string | undefined, send: (event: SetupEvent) => void): Run {
    const services = context.services();
    const { signInClientId } = context.settings.read();
    const accepted: string[] = [];
    return {
      accepted,
      signal: open.controller.signal,
      onProgress: (event) => {
        if (event.kind === 'signed-in') send({ kind: 'signed-in', username: event.username, tenantId: event.tenantId, mayConsent: event.mayConsent });
        send({ kind: 'line', ...progressLine(event, services.texts) });
      },
      confirm: async (preview) => {
        const decision = await new Promise<Decision>((resolve, reject) => {
          open.decide = resolve;
          open.controller.signal.addEventListener('abort', () => reject(new Fault('interrupted')), { once: true });
          send(previewEvent(preview, services));
        });
        accepted.push(...decision.accepted);
        return decision.apply;
      },
      openBrowser: async (address) => {
        open.address = address;
        await services.openBrowser(address);
      },
      ...(tenant === undefined ? {} : { tenant }),
      ...(signInClientId.trim() === '' ? {} : { signInClientId: signInClientId.trim() }),
    };
  }

  return {
    begin: (draft, certificate) => {
      const { request, tenant } = connectRequest(draft, certificate, context);
      const id = randomUUID();
      const open: OpenRun = { controller: new AbortController(), address: null, decide: null };
      const { engine, texts } = context.services();
      const send = (event: SetupEvent) => context.emit('setup:event', { run: id, event });
      runs.set(id, open);
      connect(engine, request, engineRun(open, tenant, send))
        .then(
          (report) => send({ kind: 'ended', report: reportView(report, engine.store, texts) }),
          (error: unknown) => {
            const fault = open.controller.signal.aborted ? new Fault('interrupted', { cause: error }) : asFault(error);
            engine.log.warn('setup.failed', { run: id, code: fault.code, correlationId: fault.correlationId, cause: fault.cause });
            send({ kind: 'failed', fault: faultView(fault, texts) });
          },
        )
        .finally(() => {
          runs.delete(id);
          context.emit('store:changed', null);
        });
      return id;
    },
    decide: (run, decision) => {
      const open = openRun(run);
      open.decide?.(decision);
      open.decide = null;
    },
    cancel: (run) => openRun(run).controller.abort(),
    address: (run) => {
      const { address } = openRun(run);
      if (address === null) throw new Fault('window.run-unknown');
      return address;
    },
  };
}

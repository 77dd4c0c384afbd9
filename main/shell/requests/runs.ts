import { createHash, randomUUID } from 'node:crypto';
import type { SetupEvent } from '../../../preload/contract.ts';
import type { Certificate } from '../../certificates/index.ts';
import { asFault, Fault } from '../../faults.ts';
import type { DeviceCode } from '../../registration/code-instead.ts';
import { changeName, findingText } from '../../registration/describe.ts';
import type { Preview, Run } from '../../registration/engine.ts';
import type { NextAct, Stay } from '../../registration/index.ts';
import { progressLine } from '../../registration/run/progress-text.ts';
import { planLine, type Report } from '../../registration/run/report.ts';
import type { ProfileReference } from '../../servers/index.ts';
import type { Services } from '../../services/index.ts';
import { faultView } from '../router.ts';
import type { RequestContext } from './context.ts';
import { reportView } from './views.ts';

/** Milliseconds that somebody stays signed in after the work is done. */
const longestStay = 60 * 60_000;

interface Decision {
  readonly apply: boolean;
  /** Of the plan that is decided upon. */
  readonly hash?: string | undefined;
  /** Findings of it, by their ids. */
  readonly accepted: readonly string[];
  /** Declined for this permission profile, which it is to be made anew for. */
  readonly instead?: ProfileReference;
}

/** A plan that was shown and waits to be decided upon. */
interface Shown {
  readonly hash: string;
  /** Ids of the findings that may be accepted. */
  readonly acceptable: ReadonlySet<string>;
  readonly decide: (decision: Decision) => void;
}

interface OpenRun {
  readonly controller: AbortController;
  /** Aborted when the person wants a code in the place of the browser. */
  readonly code: AbortController;
  address: string | null;
  shown: Shown | null;
  readonly certificate: PromiseWithResolvers<Certificate>;
  /** Set while the work is done and somebody is still signed in. */
  next: ((act: NextAct) => void) | null;
}

/** What a run may ask of the window besides a decision on its plan. */
export interface WindowSide {
  /** One that the server makes once somebody is signed in. */
  readonly certificate: Promise<Certificate>;
  /** Tells what was done, and waits for what is still to come. */
  readonly stay: (stay: Stay) => Promise<NextAct>;
}

export interface RunOptions {
  /** Tenant id or domain the administrator named. */
  readonly tenant?: string;
  /** The server makes the certificate once somebody is signed in. */
  readonly wantsCertificate?: boolean;
  /** User principal name of who signs in; left out: whoever is chosen in the browser. */
  readonly account?: string;
  /** Another permission profile may be chosen on its plan. */
  readonly offersProfile?: boolean;
}

/** What is under way in this window: everything that signs somebody in. */
export interface Runs {
  /** Work about no credential ends with null. @returns the id of the run; everything else comes as `run:event` */
  begin(work: (run: Run, window: WindowSide) => Promise<Report | null>, options?: RunOptions): string;
  /** Only what was shown last is applied. @throws Fault window.run-unknown, window.plan-unknown */
  decide(run: string, decision: Decision): void;
  /** The certificate that a run wants. @throws Fault('window.run-unknown') */
  giveCertificate(run: string, certificate: Certificate): void;
  /** What a run that stays is to do next; nothing where it has ended already. */
  next(run: string, act: NextAct): void;
  /** @throws Fault('window.run-unknown') */
  cancel(run: string): void;
  /** @throws Fault('window.run-unknown') */
  useCode(run: string): void;
  /** Address of the sign-in. @throws Fault('window.run-unknown') */
  address(run: string): string;
}

type PreviewEvent = Extract<SetupEvent, { kind: 'preview' }>;

function previewEvent({ tenant, username, mayConsent, changes, findings }: Preview, { texts }: Services): PreviewEvent {
  const { id, displayName, defaultDomain } = tenant;
  const shown = {
    kind: 'preview' as const,
    tenant: { id, displayName, defaultDomain },
    username,
    mayConsent,
    plan: changes.map((planned) => ({ ...planLine(planned, texts), ...(changeName(planned, texts) ?? { name: '', note: '' }) })),
    findings: findings.map((finding) => ({
      finding: finding.finding,
      id: finding.id,
      text: findingText(finding, texts),
      acceptable: finding.acceptable,
    })),
  };
  return {
    ...shown,
    hash: createHash('sha256')
      .update(JSON.stringify([shown, changes]))
      .digest('hex'),
  };
}

function codeEvent({ userCode, verificationUri, expiresIn }: DeviceCode, now: Date): SetupEvent {
  return { kind: 'code', userCode, address: verificationUri, expiresAt: new Date(now.getTime() + expiresIn * 1000).toISOString() };
}

export function createRuns(context: RequestContext): Runs {
  const runs = new Map<string, OpenRun>();
  const openRun = (id: string): OpenRun => {
    const run = runs.get(id);
    if (run === undefined) throw new Fault('window.run-unknown');
    return run;
  };

  function decision(open: OpenRun, preview: PreviewEvent, send: (event: SetupEvent) => void): Promise<Decision> {
    return new Promise((decide, reject) => {
      const acceptable = new Set(preview.findings.filter((finding) => finding.acceptable).map(({ id }) => id));
      open.shown = { hash: preview.hash, acceptable, decide };
      open.controller.signal.addEventListener('abort', () => reject(new Fault('interrupted')), { once: true });
      send(preview);
    });
  }

  /** Tokens are not kept for ever because a page was left open. */
  function stayIn(open: OpenRun, send: (event: SetupEvent) => void): WindowSide['stay'] {
    return ({ done, fault, added }) =>
      new Promise((resolve) => {
        const { engine, texts } = context.services();
        const end = () => answer({ act: 'end', removeConsent: false });
        const timer = setTimeout(end, longestStay).unref();
        const answer = (act: NextAct) => {
          clearTimeout(timer);
          open.next = null;
          resolve(act);
        };
        open.next = answer;
        open.controller.signal.addEventListener('abort', end, { once: true });
        send({
          kind: 'stays',
          report: reportView(done, engine),
          fault: fault === null ? null : faultView(fault, texts),
          added: [...added],
        });
        context.emit('store:changed', null);
      });
  }

  function engineRun(
    open: OpenRun,
    { tenant, account, wantsCertificate, offersProfile = false }: RunOptions,
    send: (event: SetupEvent) => void,
  ): Run {
    const services = context.services();
    const signInClientId = context.settings.read().signInClientId.trim();
    const accepted: string[] = [];
    let instead: ProfileReference | null = null;
    return {
      accepted,
      signal: open.controller.signal,
      codeInstead: { wanted: open.code.signal, show: (code) => send(codeEvent(code, services.engine.clock.now())) },
      onProgress: (event) => {
        if (event.kind === 'signed-in')
          send({ kind: 'signed-in', username: event.username, tenantId: event.tenantId, mayConsent: event.mayConsent });
        const name = event.kind === 'change' ? changeName(event.planned, services.texts)?.name : undefined;
        send({ kind: 'line', ...progressLine(event, services.texts), ...(name === undefined ? {} : { name }) });
        if (event.kind === 'signed-in' && wantsCertificate) send({ kind: 'certificate-wanted' });
      },
      confirm: async (preview) => {
        const decided = await decision(open, previewEvent(preview, services), send);
        accepted.push(...decided.accepted);
        instead = decided.instead ?? null;
        return decided.apply;
      },
      ...(offersProfile ? { instead: () => instead } : {}),
      openBrowser: async (address) => {
        open.address = address;
        await services.openBrowser(address);
      },
      ...(tenant === undefined ? {} : { tenant }),
      ...(account === undefined ? {} : { account }),
      ...(signInClientId === '' ? {} : { signInClientId }),
    };
  }

  return {
    begin: (work, options = {}) => {
      const id = randomUUID();
      const open: OpenRun = {
        controller: new AbortController(),
        code: new AbortController(),
        address: null,
        shown: null,
        certificate: Promise.withResolvers(),
        next: null,
      };
      // Nobody may be waiting for it when the run is cancelled.
      open.certificate.promise.catch(() => undefined);
      open.controller.signal.addEventListener('abort', () => open.certificate.reject(new Fault('interrupted')), { once: true });
      const { engine, texts } = context.services();
      const send = (event: SetupEvent) => context.emit('run:event', { run: id, event });
      runs.set(id, open);
      work(engineRun(open, options, send), { certificate: open.certificate.promise, stay: stayIn(open, send) })
        .then(
          (report) => send(report === null ? { kind: 'over' } : { kind: 'ended', report: reportView(report, engine) }),
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
    decide: (run, decided) => {
      const open = openRun(run);
      const { shown } = open;
      if (decided.apply && (shown?.hash !== decided.hash || decided.accepted.some((id) => shown?.acceptable.has(id) !== true)))
        throw new Fault('window.plan-unknown');
      open.shown = null;
      shown?.decide(decided);
    },
    giveCertificate: (run, certificate) => openRun(run).certificate.resolve(certificate),
    next: (run, act) => runs.get(run)?.next?.(act),
    cancel: (run) => openRun(run).controller.abort(),
    useCode: (run) => openRun(run).code.abort(),
    address: (run) => {
      const { address } = openRun(run);
      if (address === null) throw new Fault('window.run-unknown');
      return address;
    },
  };
}

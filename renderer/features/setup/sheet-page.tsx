import { Button, Link, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, PersonAvailableRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import type { Stage } from './setup-state.ts';
import { SheetCertificate } from './sheet-certificate.tsx';
import { isConfirmed } from '../state/index.ts';
import { stepsFor } from './sheet-steps.ts';
import { SheetTextStep } from './sheet-text-step.tsx';
import { SheetServer } from '../asked-servers/index.ts';
import { StagePage } from '../../run/index.ts';
import type { TextStep } from './sheet-steps.ts';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  who: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  title: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  icon: { flexShrink: 0, fontSize: '28px' },
  shown: { color: tokens.colorStatusSuccessForeground1 },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

type SheetStage = Extract<Stage, { at: 'sheet' }>;

/** G20: tokens are dropped with this page; the session in the browser is the person's to end, and what consent was added to take back. */
function WhatStays({ stage, actions }: { readonly stage: SheetStage; readonly actions: Pick<SetupActions, 'removeConsent'> }) {
  const { t, list } = useTexts();
  const styles = useStyles();
  const { run, added, consent, report } = stage;
  const { id, tenantName, tenantDomain } = report.credential;
  if (!stage.signedIn) return null;
  return (
    <div data-stays>
      {run !== null && added.length > 0 ? (
        <p className={styles.who}>
          {t('setup.sheet.consent', { scopes: list(added) })}{' '}
          <Button
            size="small"
            disabledFocusable={consent === 'leaving'}
            {...(consent === 'leaving' ? { icon: <Spinner size="tiny" /> } : {})}
            onClick={actions.removeConsent}
          >
            {t('setup.sheet.consent.remove')}
          </Button>
        </p>
      ) : null}
      <p className={styles.who} aria-live="polite">
        {consent === 'removed' ? `${t('setup.sheet.consent.removed')} ` : null}
        {t('setup.sheet.browser', { tenant: tenantName || tenantDomain })}{' '}
        <Link inline onClick={() => void request('portal:open', { id, page: 'sign-out' })}>
          {t('setup.sheet.sign-out')}
        </Link>
      </p>
    </div>
  );
}

/** The step in which users come to sign in warns of the switch: in the server's own word once it has told, and not where there is none. */
function warningOf({ userSignIn, warning }: Pick<TextStep, 'userSignIn' | 'warning'>, switches: boolean | null, t: Texts['t']): string {
  if (!userSignIn || warning === '' || switches === null) return warning;
  return switches ? t('asked.would-switch') : '';
}

export interface SheetPageProps {
  readonly stage: SheetStage;
  readonly actions: SetupActions;
  readonly onClose: () => void;
}

/** What the administrator does in the server, as its description has it: a list that can be left, and that ends as what was done. */
export function SheetPage({ stage, actions, onClose }: SheetPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { report, publishing, fault } = stage;
  const { credential } = report;
  const server = useServer(credential.server);
  /** Null where the server has not told. */
  const [switches, setSwitches] = useState<boolean | null>(null);
  const steps = stepsFor(server, report);
  const next = steps.find(({ id }) => credential.sheet[id] === undefined);
  const done = steps.filter(({ id }) => credential.sheet[id] !== undefined).length;
  const confirmed = isConfirmed(credential);
  // Whoever has confirmed that the server works has said of each step that it is done.
  // Where the server's own word is the evidence, nobody had to say it.
  const shown = credential.handover?.word === 'server';
  const by = shown ? ('evidence' as const) : ('person' as const);
  const said = confirmed && credential.handover !== null ? { by, at: credential.handover.confirmedAt } : null;
  const waits = credential.certificate === null;
  const later = () => {
    announce(t('setup.sheet.to-be-continued', { name: credential.name }));
    onClose();
  };
  const buttons = confirmed ? (
    <Button appearance="primary" onClick={onClose}>
      {t('app.close')}
    </Button>
  ) : (
    <>
      <Button
        appearance="primary"
        disabledFocusable={waits}
        title={t('setup.sheet.worked.hint')}
        onClick={waits ? undefined : actions.confirmHandover}
      >
        {t('setup.sheet.worked', { server: server.name })}
      </Button>
      <Button onClick={later}>{t('setup.sheet.later')}</Button>
    </>
  );
  const title = confirmed ? (
    <span className={mergeClasses(styles.title, shown && styles.shown)}>
      {shown ? (
        <CheckmarkCircleFilled className={styles.icon} aria-hidden />
      ) : (
        <PersonAvailableRegular className={styles.icon} aria-hidden />
      )}
      {t(shown ? 'asked.sheet.end' : 'setup.sheet.end', { server: server.name })}
    </span>
  ) : (
    t(next === undefined ? 'setup.sheet.all-ticked' : 'setup.sheet.title', { server: server.name })
  );
  const status = t(waits ? 'setup.sheet.no-certificate' : 'setup.sheet.count', { done, total: steps.length });
  return (
    <StagePage
      key={confirmed ? 'end' : 'sheet'}
      title={title}
      actions={buttons}
      aside={confirmed ? null : <span className={styles.quiet}>{status}</span>}
    >
      <p className={styles.who}>{t('setup.sheet.who', { name: credential.name, domain: credential.tenantDomain })}</p>
      <FaultBar fault={fault} />
      {server.asked && !confirmed ? <SheetServer credential={credential} onChanged={actions.serverSaid} onSwitch={setSwitches} /> : null}
      <ol className={styles.list} aria-label={t('setup.sheet.list')} data-sheet={confirmed ? 'end' : 'open'}>
        {steps.map((step, index) => {
          const row = {
            id: step.id,
            number: index + 1,
            done: credential.sheet[step.id] ?? said,
            next: step === next && !confirmed,
            // What was seen is nobody's to take back.
            onTick:
              said === null && credential.sheet[step.id]?.by !== 'evidence' ? (ticked: boolean) => actions.markStep(step.id, ticked) : null,
          };
          return 'part' in step ? (
            <SheetCertificate key={step.id} {...row} step={step} credential={credential} publishing={publishing} actions={actions} />
          ) : (
            <SheetTextStep key={step.id} {...row} step={{ ...step, warning: warningOf(step, switches, t) }} report={report} />
          );
        })}
      </ol>
      {confirmed ? <WhatStays stage={stage} actions={actions} /> : null}
    </StagePage>
  );
}

import { Button, makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowCircleRightRegular,
  ArrowExportRegular,
  ArrowSyncRegular,
  DocumentArrowDownRegular,
  EditRegular,
  ShieldCheckmarkRegular,
} from '@fluentui/react-icons';
import { Suspense, useRef, useState } from 'react';
import { later } from '../../bridge/later.ts';
import type { ReportView } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { useFacts } from '../../bridge/facts.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { Page, Waiting } from '../../parts/page.tsx';
import { useNavigation } from '../../parts/routes.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { LineTable } from '../activity/index.ts';
import { ChangesOfCredential } from '../changes/index.ts';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { ExpiryText, rowFacts, StateText, UntestedNotice, continuedText, isMoving, isUnfinished, stateWords } from '../state/index.ts';
import { CheckList, Comparison, isUntested } from '../proof/index.ts';
import { MigrationTimeline } from '../migration/index.ts';
import { RotationTimeline } from '../rotation/index.ts';
import { certificateFacts, identityFacts } from './facts.ts';
import { FactList } from '../../parts/fact-list.tsx';
import { HandoverNotice } from './handover-notice.tsx';
import { PortalMenu } from './portal-menu.tsx';
import { Section } from '../../parts/section.tsx';
import { ForgetKey } from '../handover/index.ts';
import { isServerCheck, LinkDialog, ServerPanel } from '../asked-servers/index.ts';
import { useServer } from '../../bridge/servers.ts';

const SignedInVerification = later(async () => (await import('../verification/index.ts')).SignedInVerification);
const RotationDialog = later(async () => (await import('../rotation/index.ts')).RotationDialog);
const MigrationDialog = later(async () => (await import('../migration/index.ts')).MigrationDialog);
const SheetDialog = later(async () => (await import('../setup/index.ts')).SheetDialog);
const ExportDialog = later(async () => (await import('../export/index.ts')).ExportDialog);

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(440px, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
  },
  state: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalXS,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  findings: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    overflowWrap: 'anywhere',
  },
});

/** Checks that say what the registration may do, and for whom that was consented. */
const permissionChecks: readonly string[] = ['roles-granted', 'sign-in-consent'];
const keyFindings: readonly string[] = ['foreign-key-credential', 'expired-key-credential', 'leftover-key-credential'];

/** Everything known about one credential: identity, certificate, permissions, proof, findings, history. */
export function DetailsPage({ credential }: { readonly credential: string }) {
  const texts = useTexts();
  const { t } = texts;
  const { go } = useNavigation();
  const announce = useAnnounce();
  const [exporting, setExporting] = useState(false);
  const [rotating, setRotating] = useState(false);
  const [finishing, setFinishing] = useState(false);
  const [moving, setMoving] = useState(false);
  const aroundMove = useFocusReturn<HTMLSpanElement>(moving);
  const aroundFinish = useFocusReturn<HTMLSpanElement>(finishing);
  const { servers, adminCenters } = useFacts();
  const aroundRotate = useFocusReturn<HTMLSpanElement>(rotating);
  const { value, fault, reload } = useAnswer('credential:read', { id: credential }, ['store:changed']);
  const aroundVerify = useRef<HTMLSpanElement>(null);
  const [untested, setUntested] = useState(false);
  const [signingIn, setSigningIn] = useState(false);
  // What a verification finds in the tenant is not stored; it is about the certificate that it was made with.
  const [found, setFound] = useState<{ readonly thumbprint: string | undefined; readonly findings: ReportView['findings'] } | null>(null);
  const command = useCommand();
  const [linking, setLinking] = useState(false);
  /** How often *Ask* was pressed beside what could not be tested. */
  const [asked, setAsked] = useState(0);
  if (value === null) {
    return <Page title={t('manager.details')}>{fault === null ? <Waiting /> : <FaultBar fault={fault} onRetry={reload} />}</Page>;
  }
  const row = value.report.credential;
  const software = servers.find(({ id }) => id === row.server);
  const serverName = software?.name ?? row.server;
  const toServer = () => (row.inServer === undefined ? setLinking(true) : setAsked((count) => count + 1));
  const shown =
    found !== null && found.thumbprint === row.certificate?.thumbprint ? { ...value.report, findings: found.findings } : value.report;
  // The button that was pressed may be gone with what it was about; the dialog's own return of the focus comes first.
  const focusVerify = () => void globalThis.setTimeout(() => aroundVerify.current?.querySelector('button')?.focus(), 50);
  const verify = async () => {
    const report = await command.run('credential:verify', { id: credential });
    if (report === null) return;
    setFound({ thumbprint: report.credential.certificate?.thumbprint, findings: report.findings });
    const nothing = isUntested(report.proof);
    setUntested(nothing);
    announce(t(nothing ? 'setup.proof.untested' : `state.${report.credential.state}`));
  };
  const copyConsent = async () => {
    if ((await command.attempt('portal:copy-consent', { id: credential })).ok) announce(t('details.portal.consent-copied'));
  };
  const savePage = async () => {
    const saved = await command.run('credential:save-page', { id: credential });
    if (saved !== null) announce(t('printed.saved', { path: saved.path }));
  };
  const unfinished = isUnfinished(row);
  const goOn = () => {
    if (row.rotation?.next === 'handover') setRotating(true);
    else if (isMoving(row)) setMoving(true);
    else setFinishing(true);
  };
  const actions = (
    <>
      {unfinished ? (
        <span ref={aroundFinish}>
          <Button onClick={goOn}>{continuedText(row, serverName, texts)}</Button>
        </span>
      ) : null}
      <span ref={aroundVerify}>
        <Button appearance="primary" icon={<ShieldCheckmarkRegular />} disabledFocusable={command.busy} onClick={() => void verify()}>
          {t(command.busy ? 'manager.verifying.row' : 'manager.verify')}
        </Button>
      </span>
      <Button icon={<EditRegular />} onClick={() => go({ at: 'dialog', credential })}>
        {t('manager.edit')}
      </Button>
      <Button icon={<ArrowExportRegular />} disabled={row.certificate === null} onClick={() => setExporting(true)}>
        {t('manager.export')}
      </Button>
      <span ref={aroundRotate}>
        <Button icon={<ArrowSyncRegular />} disabled={row.certificate === null || row.clientId === null} onClick={() => setRotating(true)}>
          {t('manager.rotate')}
        </Button>
      </span>
      {row.migration === undefined || isMoving(row) ? null : (
        <span ref={aroundMove}>
          <Button
            icon={<ArrowCircleRightRegular />}
            disabled={row.certificate === null || row.clientId === null}
            onClick={() => setMoving(true)}
          >
            {t('manager.migrate.to', { target: row.migration.target })}
          </Button>
        </span>
      )}
      <PortalMenu
        adminCenter={adminCenters.includes(row.cloud)}
        disabled={row.clientId === null}
        onOpen={(page) => void command.attempt('portal:open', { id: credential, page })}
        onCopyConsent={() => void copyConsent()}
      />
      <Button icon={<DocumentArrowDownRegular />} onClick={() => void savePage()}>
        {t('printed.save')}
      </Button>
    </>
  );
  return (
    <Page title={row.name} actions={actions}>
      <FaultBar fault={fault} onRetry={reload} />
      <FaultBar fault={command.fault} onDismiss={command.clear} onRetry={() => void verify()} />
      {untested ? (
        <UntestedNotice
          row={row}
          onSignIn={() => setSigningIn(true)}
          onServer={software?.asked === true ? toServer : undefined}
          onDismiss={() => setUntested(false)}
        />
      ) : null}
      <Report
        report={shown}
        onForgotten={focusVerify}
        asked={asked}
        onRotate={() => setRotating(true)}
        onContinue={() => setFinishing(true)}
      />
      <ChangesOfCredential credential={credential} onEws={() => go({ at: 'ews' })} />
      <Section title={t('details.history')}>
        {value.history.length === 0 ? (
          t('audit.empty')
        ) : (
          <LineTable lines={value.history} label={t('details.history')} withCredential={false} />
        )}
      </Section>
      <Suspense>{exporting ? <ExportDialog credential={row} onClose={() => setExporting(false)} /> : null}</Suspense>
      <Suspense>
        {signingIn ? (
          <SignedInVerification
            row={row}
            onClose={(report) => {
              setSigningIn(false);
              focusVerify();
              if (report === null) return;
              setUntested(false);
              setFound({ thumbprint: report.credential.certificate?.thumbprint, findings: report.findings });
            }}
          />
        ) : null}
      </Suspense>
      {linking ? <LinkDialog row={row} onClose={() => setLinking(false)} /> : null}
      <Suspense>{finishing ? <SheetDialog credential={row.id} onClose={() => setFinishing(false)} /> : null}</Suspense>
      <Suspense>{moving ? <MigrationDialog row={row} onClose={() => setMoving(false)} /> : null}</Suspense>
      <Suspense>{rotating ? <RotationDialog row={row} onClose={() => setRotating(false)} /> : null}</Suspense>
    </Page>
  );
}

interface ReportProps {
  readonly report: ReportView;
  readonly onForgotten: () => void;
  readonly asked: number;
  readonly onRotate: () => void;
  readonly onContinue: () => void;
}

function Report({ report, onForgotten, asked, onRotate, onContinue }: ReportProps) {
  const texts = useTexts();
  const { t, dateTime } = texts;
  const appFacts = useFacts();
  const styles = useStyles();
  const { credential: row, proof, findings } = report;
  const facts = rowFacts(row, Date.now());
  const checks = proof?.checks ?? [];
  const compared = checks.find((check) => check.compared !== undefined);
  const permissions = checks.filter((check) => permissionChecks.includes(check.check));
  const ofServer = checks.filter(isServerCheck);
  const software = useServer(row.server);
  const keys = findings.filter((finding) => keyFindings.includes(finding.finding));
  const others = findings.filter((finding) => !keyFindings.includes(finding.finding));
  return (
    <>
      <div className={styles.state} data-state={row.state}>
        <StateText state={row.state} text={t(`state.${row.state}`)} ending={facts.expiry === 'soon' || row.reason !== null} />
        {row.reason === null ? null : <span className={styles.quiet}>{row.reason}</span>}
        {isMoving(row) ? <span>{stateWords(facts, Date.now(), texts).tag}</span> : null}
        {row.provenAt === null ? null : <span className={styles.quiet}>{t('manager.checked-at', { time: dateTime(row.provenAt) })}</span>}
      </div>
      {!isMoving(row) && (facts.notHandedOver || row.state === 'set-up') ? <HandoverNotice row={row} /> : null}
      <div className={styles.columns}>
        <Section title={t('details.identity')}>
          <FactList facts={identityFacts(row, appFacts, texts)} />
        </Section>
        <Section title={t('field.certificate')}>
          {row.certificate === null ? <span className={styles.quiet}>{t('details.no-certificate')}</span> : null}
          <FactList
            facts={[
              ...certificateFacts(row, texts),
              ...(row.certificate === null ? [] : [{ name: t('field.expires'), value: <ExpiryText facts={facts} withDate /> }]),
            ]}
          />
          <ForgetKey row={row} onForgotten={onForgotten} />
          {row.rotation === null ? null : <RotationTimeline rotation={row.rotation} custody={row.custody} />}
          {compared?.compared === undefined ? null : <Comparison row={row} compared={compared.compared} result={compared.result} />}
        </Section>
      </div>
      <Section title={t('details.permissions')}>
        {permissions.length === 0 ? <span className={styles.quiet}>{t('details.no-proof')}</span> : <CheckList checks={permissions} />}
        {row.migration === undefined ? null : <MigrationTimeline migration={row.migration} />}
      </Section>
      {software.asked ? <ServerPanel row={row} checks={ofServer} asked={asked} onPublish={onRotate} onContinue={onContinue} /> : null}
      <Section title={t('report.proof')}>
        {proof === null ? (
          <span className={styles.quiet}>{t('details.no-proof')}</span>
        ) : (
          <CheckList checks={checks.filter((check) => !permissions.includes(check) && !ofServer.includes(check))} />
        )}
      </Section>
      <Findings title={t('details.other-keys')} findings={keys} />
      <Findings title={t('report.findings')} findings={others} />
    </>
  );
}

function Findings({ title, findings }: { readonly title: string; readonly findings: ReportView['findings'] }) {
  const styles = useStyles();
  if (findings.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={styles.findings}>
        {findings.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
    </Section>
  );
}

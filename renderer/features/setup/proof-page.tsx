import { Button, makeStyles, Spinner, tokens, typographyStyles } from '@fluentui/react-components';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ServerWays } from '../asked-servers/index.ts';
import { CheckList, Comparison, toneOf, VerdictTitle, reportText } from '../proof/index.ts';
import type { Stage } from './setup-state.ts';
import { isUnfinished } from '../state/index.ts';
import { StagePage } from '../../run/index.ts';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({
  text: { margin: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalS },
  heading: { ...typographyStyles.body1Strong, margin: 0 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
});

const saidInThePlan: readonly string[] = ['ews', 'profile-unconfirmed'];

export interface ProofPageProps {
  readonly stage: Extract<Stage, { at: 'proof' }>;
  readonly actions: SetupActions;
  readonly onClose: () => void;
}

/** Green only on evidence: each check, both certificates side by side, and what nobody can see from here. */
export function ProofPage({ stage, actions, onClose }: ProofPageProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const styles = useStyles();
  const { report, verifying, fault } = stage;
  const { credential, proof } = report;
  const checks = proof?.checks ?? [];
  const keyCheck = checks.find(({ compared }) => compared !== undefined);
  const tone = toneOf(report);
  const unsettled = tone !== 'good' && tone !== 'open';
  const server = useServer(credential.server);
  const unfinished = isUnfinished(credential);
  const passed = checks.filter(({ result }) => result === 'passed').length;
  // What every plan has said of the profile is not said again; the certificate stands above.
  const findings = report.findings.filter(({ finding }) => !saidInThePlan.includes(finding));
  const listed = checks.filter((check) => check !== keyCheck || check.result !== 'passed');
  const later = () => {
    if (unfinished) announce(t('setup.sheet.to-be-continued', { name: credential.name }));
    onClose();
  };
  const buttons = (
    <>
      {unfinished ? (
        <Button appearance="primary" onClick={actions.toSheet}>
          {t('setup.proof.next', { server: server.name })}
        </Button>
      ) : null}
      {unsettled ? (
        <Button onClick={actions.verify} disabledFocusable={verifying} {...(verifying ? { icon: <Spinner size="tiny" /> } : {})}>
          {t(verifying ? 'setup.proof.verifying' : 'setup.proof.verify')}
        </Button>
      ) : null}
      <Button appearance={unfinished ? 'secondary' : 'primary'} onClick={later}>
        {t(unfinished ? 'setup.sheet.later' : 'app.close')}
      </Button>
    </>
  );
  return (
    <StagePage
      title={<VerdictTitle report={report} finishIn={unfinished ? server.name : null} />}
      actions={buttons}
      aside={<CopyButton what={t('setup.proof.report')} label={t('setup.proof.copy')} text={reportText(report, t)} />}
    >
      <FaultBar fault={fault} onRetry={actions.verify} />
      <ServerWays row={credential} checks={checks} onAgain={actions.verify} onContinue={actions.toSheet} />
      {credential.state === 'waiting-consent' ? (
        <div>
          <p className={styles.text}>{t('setup.proof.consent.hint', { tenant: credential.tenantName })}</p>
          <div className={styles.buttons}>
            <Button onClick={actions.openConsent}>{t('setup.proof.consent')}</Button>
            <Button onClick={actions.copyConsent}>{t('details.portal.copy-consent')}</Button>
          </div>
        </div>
      ) : null}
      {keyCheck?.compared === undefined ? null : <Comparison row={credential} compared={keyCheck.compared} result={keyCheck.result} />}
      {passed === 0 ? null : <h3 className={styles.heading}>{t('setup.proof.passed', { passed })}</h3>}
      <CheckList checks={listed} />
      {findings.length === 0 ? null : (
        <section>
          <h3 className={styles.text}>{t('setup.plan.findings')}</h3>
          <ul className={styles.list}>
            {findings.map((finding) => (
              <li key={finding.id}>{finding.text}</li>
            ))}
          </ul>
        </section>
      )}
    </StagePage>
  );
}

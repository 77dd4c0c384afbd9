import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useTexts } from '../../app/texts.tsx';
import { CopyButton } from '../dialog/copy-button.tsx';
import { CheckList } from './check-list.tsx';
import { Comparison } from './comparison.tsx';
import { toneOf } from './verdict.ts';
import { VerdictTitle } from './verdict-title.tsx';
import { reportText } from './report-text.ts';
import type { Stage } from './setup-state.ts';
import { StagePage } from './stage-page.tsx';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({
  text: { margin: 0 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
});

export interface ProofPageProps {
  readonly stage: Extract<Stage, { at: 'proof' }>;
  readonly actions: SetupActions;
  readonly onClose: () => void;
}

/** Green only on evidence: each check, both certificates side by side, and what nobody can see from here. */
export function ProofPage({ stage, actions, onClose }: ProofPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { report, verifying, fault } = stage;
  const { credential, proof } = report;
  const checks = proof?.checks ?? [];
  const keyCheck = checks.find(({ compared }) => compared !== undefined);
  const tone = toneOf(report);
  const unsettled = tone !== 'good' && tone !== 'open';
  const buttons = (
    <>
      <Button appearance="primary" onClick={actions.toSheet}>
        {t('setup.proof.next')}
      </Button>
      {unsettled ? (
        <Button onClick={actions.verify} disabledFocusable={verifying} {...(verifying ? { icon: <Spinner size="tiny" /> } : {})}>
          {t(verifying ? 'setup.proof.verifying' : 'setup.proof.verify')}
        </Button>
      ) : null}
      <Button onClick={onClose}>{t('app.close')}</Button>
    </>
  );
  return (
    <StagePage
      step="proof"
      title={<VerdictTitle report={report} />}
      actions={buttons}
      aside={<CopyButton what={t('setup.proof.report')} label={t('setup.proof.copy')} text={reportText(report, t)} />}
    >
      <FaultBar fault={fault} onRetry={actions.verify} />
      {credential.state === 'waiting-consent' ? (
        <div>
          <p className={styles.text}>{t('setup.proof.consent.hint', { tenant: credential.tenantName })}</p>
          <Button onClick={actions.openConsent}>{t('setup.proof.consent')}</Button>
        </div>
      ) : null}
      {keyCheck?.compared === undefined ? null : <Comparison compared={keyCheck.compared} result={keyCheck.result} />}
      <CheckList checks={checks} />
      {report.findings.length === 0 ? null : (
        <section>
          <h3 className={styles.text}>{t('setup.plan.findings')}</h3>
          <ul className={styles.list}>
            {report.findings.map((finding) => (
              <li key={finding.id}>{finding.text}</li>
            ))}
          </ul>
        </section>
      )}
    </StagePage>
  );
}

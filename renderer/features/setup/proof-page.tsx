import { Button, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, ClockFilled, DismissCircleFilled } from '@fluentui/react-icons';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useTexts } from '../../app/texts.tsx';
import { CopyButton } from '../dialog/copy-button.tsx';
import { CheckList } from './check-list.tsx';
import { Comparison } from './comparison.tsx';
import { toneOf, verdictOf } from './verdict.ts';
import { reportText } from './report-text.ts';
import type { Stage } from './setup-state.ts';
import { StagePage } from './stage-page.tsx';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({
  title: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  icon: { flexShrink: 0, fontSize: '28px' },
  text: { margin: 0 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
});

const icons = { good: CheckmarkCircleFilled, bad: DismissCircleFilled, waiting: ClockFilled };

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
  const verdict = verdictOf(report);
  const tone = toneOf(credential.state);
  const Icon = icons[tone];
  const checks = proof?.checks ?? [];
  const keyCheck = checks.find(({ compared }) => compared !== undefined);
  const unsettled = tone !== 'good';
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
  const title = (
    <span className={mergeClasses(styles.title, tone === 'good' && styles.good, tone === 'bad' && styles.bad)}>
      <Icon className={styles.icon} aria-hidden />
      {t(verdict.key, verdict.params)}
    </span>
  );
  return (
    <StagePage
      step="proof"
      title={title}
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

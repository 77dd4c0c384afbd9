import { Button, Checkbox, makeStyles, MessageBar, MessageBarBody, Switch, tokens, typographyStyles } from '@fluentui/react-components';
import { InfoRegular } from '@fluentui/react-icons';
import { useFacts } from '../../bridge/facts.ts';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ProfileNotices } from '../../parts/profile-notices.tsx';
import { PlanList, PlannedAnew, planText, type Preview, StagePage } from '../../run/index.ts';
import type { Intent, Stage } from './setup-state.ts';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({
  who: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  heading: { ...typographyStyles.body1Strong, margin: `${tokens.spacingVerticalS} 0 0` },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  finding: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start', padding: `${tokens.spacingVerticalXS} 0` },
  icon: { fontSize: '20px', flexShrink: 0, color: tokens.colorNeutralForeground2 },
});

interface FindingsProps {
  readonly findings: Preview['findings'];
  readonly accepted: readonly string[];
  readonly onTick: (id: string, on: boolean) => void;
}

/** What the tenant has that we neither made nor need: it stays, unless it is ticked. */
function Findings({ findings, accepted, onTick }: FindingsProps) {
  const { t } = useTexts();
  const styles = useStyles();
  if (findings.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('setup.plan.findings')}</h3>
      <p className={styles.who}>{t('setup.plan.findings.hint')}</p>
      <ul className={styles.list} data-findings>
        {findings.map((finding) => (
          <li key={finding.id}>
            {finding.acceptable ? (
              <Checkbox
                label={finding.text}
                checked={accepted.includes(finding.id)}
                onChange={(_, { checked }) => onTick(finding.id, checked === true)}
              />
            ) : (
              <span className={styles.finding}>
                <InfoRegular className={styles.icon} aria-hidden />
                {finding.text}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** On the plan of a new credential that would archive through EWS: the way without it, and back. */
function InsteadOfEws({ intent, actions }: Pick<PlanPageProps, 'intent' | 'actions'>) {
  const { t } = useTexts();
  const { profiles } = useFacts();
  const styles = useStyles();
  const { draft, before } = intent;
  const ews = profiles.find(({ id }) => id === (before ?? draft.profile));
  const target = ews?.instead;
  if (draft.id !== null || ews === undefined || target === undefined) return null;
  return (
    <div data-instead>
      <Switch
        checked={before !== undefined}
        label={t('setup.plan.instead', { target: target.short })}
        onChange={(_, { checked }) => actions.instead(checked ? target.id : ews.id, checked ? ews.id : undefined)}
      />
      {before === undefined ? null : <p className={styles.who}>{target.needs}</p>}
    </div>
  );
}

export interface PlanPageProps {
  readonly intent: Intent;
  readonly stage: Extract<Stage, { at: 'plan' }>;
  readonly actions: SetupActions;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** Who, where, and what would change: seen before anything is written. */
export function PlanPage({ intent, stage, actions, onBack, onClose }: PlanPageProps) {
  const texts = useTexts();
  const { t } = texts;
  const { profiles } = useFacts();
  const styles = useStyles();
  const { preview, accepted, done } = stage;
  const { tenant, mayConsent } = preview;
  const where = { tenant: tenant.displayName, domain: tenant.defaultDomain };
  const role = t(mayConsent ? 'setup.plan.may-consent' : 'setup.plan.may-not-consent');
  const notices = profiles.find((profile) => profile.id === intent.draft.profile)?.notices ?? [];
  const server = useServer(intent.draft.server);
  // The server makes it once its dialog has the ids: the sheet takes it.
  const follows =
    intent.draft.custody === 'external' && intent.certificate === null && intent.draft.id === null
      ? t('setup.plan.certificate-follows', { server: server.name })
      : null;
  const leave = (then: () => void) => () => {
    actions.decline();
    then();
  };
  const buttons = (
    <>
      <Button appearance="primary" onClick={actions.apply}>
        {t(mayConsent ? 'setup.plan.apply' : 'setup.plan.apply-without-consent', where)}
      </Button>
      <Button onClick={leave(onBack)}>{t('app.back')}</Button>
      <Button onClick={leave(onClose)}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <StagePage
      title={t('setup.plan.title', where)}
      actions={buttons}
      aside={<CopyButton what={t('setup.plan.name')} label={t('setup.plan.copy')} text={planText(preview, texts)} />}
    >
      <p className={styles.who}>
        {t('setup.plan.who', { username: preview.username, role })} {done.length === 0 ? t('setup.plan.nothing-written') : null}
      </p>
      <PlannedAnew done={done} tenant={tenant.displayName} />
      {mayConsent ? null : (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('setup.plan.consent-missing')}</MessageBarBody>
        </MessageBar>
      )}
      <ProfileNotices notices={notices} />
      <InsteadOfEws intent={intent} actions={actions} />
      {preview.plan.length === 0 ? (
        <p className={styles.who}>{t('setup.plan.nothing-to-change')}</p>
      ) : (
        <PlanList plan={preview.plan} certificateFollows={follows} />
      )}
      <Findings findings={preview.findings} accepted={accepted} onTick={actions.tick} />
    </StagePage>
  );
}

import { makeStyles, tokens } from '@fluentui/react-components';
import type { Output } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import { FactList } from '../../parts/fact-list.tsx';
import { Section } from '../../parts/section.tsx';

type ManagedPolicies = Output<'policies:read'>;
export type PolicyName = ManagedPolicies['managed'][number]['policy'];

const names = {
  AllowedClouds: 'policies.AllowedClouds',
  AllowedTenants: 'policies.AllowedTenants',
  SignInClientId: 'policies.SignInClientId',
  DisableUpdates: 'policies.DisableUpdates',
  MinimumKeySize: 'policies.MinimumKeySize',
  MaximumLifetimeMonths: 'policies.MaximumLifetimeMonths',
  ForbidPrivateKeyExport: 'policies.ForbidPrivateKeyExport',
  ForbidKeepingKeys: 'policies.ForbidKeepingKeys',
  DefaultCustody: 'policies.DefaultCustody',
  ForbidServers: 'policies.ForbidServers',
  AllowedServers: 'policies.AllowedServers',
  ForbidKeepingServerPasswords: 'policies.ForbidKeepingServerPasswords',
  DefaultProfile: 'policies.DefaultProfile',
  Language: 'policies.Language',
} as const satisfies Record<PolicyName, TextKey>;

const useStyles = makeStyles({
  source: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** What this computer's administrators prescribe, and where it stands; nothing where they prescribe nothing. */
export function ManagedPolicies({ managed, unknown }: ManagedPolicies) {
  const { t } = useTexts();
  const styles = useStyles();
  if (managed.length === 0 && unknown.length === 0) return null;
  const facts = managed.map(({ policy, value, source }) => ({
    name: t(names[policy]),
    value: (
      <>
        {value === '' ? t('policies.on') : value}
        <span className={styles.source}>{t('policies.source', { source })}</span>
      </>
    ),
  }));
  return (
    <Section title={t('policies.title')}>
      {managed.length === 0 ? null : <span>{t('policies.body')}</span>}
      <FactList facts={facts} />
      {unknown.length === 0 ? null : <span>{t('policies.unknown', { names: unknown.join(', ') })}</span>}
    </Section>
  );
}

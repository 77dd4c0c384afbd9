import { Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { AppFacts, Output, Settings } from '../../../preload/contract.ts';
import { useFacts } from '../../bridge/facts.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useAnswer } from '../../bridge/outcome.ts';
import { Page, Waiting } from '../../parts/page.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Section } from '../../parts/section.tsx';
import { PrivateKeys } from '../keys/index.ts';
import { AskedServers } from '../asked-servers/index.ts';
import { cloudNames } from '../../parts/clouds.ts';
import { Backups } from '../store/index.ts';
import { UpdateStatus } from '../updates/index.ts';
import { ManagedPolicies, type PolicyName } from './managed-policies.tsx';
import { TextSetting } from './text-setting.tsx';
import { useSettings } from './use-settings.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
    maxWidth: '900px',
    alignItems: 'start',
    '& > *': { minWidth: 0 },
    '& select': { minWidth: 0, width: '100%' },
  },
  path: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    overflowWrap: 'anywhere',
    userSelect: 'text',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
});

/** Names of languages are written in the language itself, whatever the window speaks. */
const languageNames = {
  system: 'settings.language.system',
  en: 'settings.language.en',
  fr: 'settings.language.fr',
  de: 'settings.language.de',
} as const satisfies Record<Settings['language'], TextKey>;
const themeNames = {
  system: 'settings.theme.system',
  light: 'settings.theme.light',
  dark: 'settings.theme.dark',
} as const satisfies Record<Settings['theme'], TextKey>;
const updateNames = { system: 'updates.setting.system', on: 'updates.setting.on', off: 'updates.setting.off' } as const satisfies Record<
  Settings['updates'],
  TextKey
>;
const custodyNames = {
  ask: 'settings.custody.ask',
  external: 'custody.answer.server',
  keyring: 'app.name',
} as const satisfies Record<Settings['custody'], TextKey>;
const keySizeNames = {
  2048: 'settings.key-size.2048',
  3072: 'settings.key-size.3072',
  4096: 'settings.key-size.4096',
} as const satisfies Record<Settings['keySize'], TextKey>;

export interface SettingsPageProps {
  /** What the page is opened for. */
  readonly section: 'keys' | 'backups' | 'servers' | null;
}

/** What holds for this Windows user: language and look, what new credentials begin with, and the keys in the keychain. */
export function SettingsPage({ section }: SettingsPageProps) {
  const { t } = useTexts();
  const { value, fault, reload } = useAnswer('settings:read', null);
  const policies = useAnswer('policies:read', null);
  if (value !== null && policies.value !== null) return <SettingsForm stored={value} policies={policies.value} section={section} />;
  return (
    <Page title={t('settings.title')}>
      {fault === null && policies.fault === null ? (
        <Waiting />
      ) : (
        <FaultBar fault={fault ?? policies.fault} onRetry={fault === null ? policies.reload : reload} />
      )}
    </Page>
  );
}

function SettingsForm({
  stored,
  policies,
  section,
}: SettingsPageProps & { readonly stored: Settings; readonly policies: Output<'policies:read'> }) {
  const { t } = useTexts();
  const facts = useFacts();
  const styles = useStyles();
  const saved = useSettings(stored);
  const { settings, fault, clear, choose } = saved;
  const described = facts.servers.find(({ id }) => id === settings.server);
  const prescribed = (name: PolicyName) => policies.managed.find(({ policy }) => policy === name)?.value;
  const smallestKey = Number(prescribed('MinimumKeySize') ?? 0);
  const keySizes = Object.fromEntries(Object.entries(keySizeNames).filter(([bits]) => Number(bits) >= smallestKey));
  return (
    <Page title={t('settings.title')}>
      <FaultBar fault={fault} onDismiss={clear} />
      <Section title={t('settings.look')}>
        <div className={styles.fields}>
          <Choice
            label="settings.language"
            value={settings.language}
            options={languageNames}
            locked={prescribed('Language') !== undefined}
            onChange={(language) => choose({ language }, t('settings.language'))}
          />
          <Choice
            label="settings.theme"
            value={settings.theme}
            options={themeNames}
            onChange={(theme) => choose({ theme }, t('settings.theme'))}
          />
        </div>
      </Section>
      <Section title={t('settings.defaults')}>
        <div className={styles.fields}>
          <Choice
            label="settings.server"
            value={settings.server}
            options={Object.fromEntries(facts.servers.map(({ id, name }) => [id, name]))}
            onChange={(server) => choose(withServer(facts.servers, settings, server), t('settings.server'))}
          />
          <Choice
            label="dialog.custody"
            value={settings.custody}
            options={custodyNames}
            locked={prescribed('DefaultCustody') !== undefined}
            onChange={(custody) => choose({ custody }, t('dialog.custody'))}
          />
          {described?.userSignIn === false ? null : (
            <>
              <TextSetting name="fqdn" label="settings.fqdn" hint="settings.fqdn.hint" saved={saved} />
              <TextSetting name="port" label="settings.port" hint="settings.port.hint" saved={saved} />
            </>
          )}
          {described?.profiles.length === 0 ? null : (
            <Choice
              label="settings.profile"
              value={settings.profile}
              options={profileNames(facts.profiles.filter(({ id }) => described?.profiles.includes(id)))}
              onChange={(profile) => choose({ profile }, t('settings.profile'))}
            />
          )}
          <Choice
            label="settings.cloud"
            value={settings.cloud}
            options={cloudNames}
            onChange={(cloud) => choose({ cloud }, t('settings.cloud'))}
          />
          <Choice
            label="settings.key-size"
            value={settings.keySize}
            options={keySizes}
            onChange={(keySize) => choose({ keySize }, t('settings.key-size'))}
          />
          <TextSetting name="lifetime" label="settings.lifetime" hint="settings.lifetime.hint" saved={saved} />
        </div>
      </Section>
      <Section title={t('settings.sign-in')}>
        <div className={styles.fields}>
          {prescribed('SignInClientId') === undefined ? (
            <TextSetting name="signInClientId" label="settings.client-id" hint="settings.client-id.hint" asks saved={saved} />
          ) : (
            <TextSetting name="signInClientId" label="settings.client-id" hint="settings.managed" locked saved={saved} />
          )}
        </div>
      </Section>
      <Section title={t('updates.title')}>
        <div className={styles.fields}>
          <Choice
            label="updates.setting"
            value={settings.updates}
            options={updateNames}
            locked={prescribed('DisableUpdates') !== undefined}
            onChange={(updates) => choose({ updates }, t('updates.setting'))}
          />
        </div>
        <UpdateStatus />
      </Section>
      <ManagedPolicies {...policies} />
      <AskedServers shown={section === 'servers'} />
      <PrivateKeys shown={section === 'keys'} />
      <Backups shown={section === 'backups'} />
      <Section title={t('settings.data')}>
        <span>{t('settings.data.body')}</span>
        <span className={styles.path}>
          {facts.dataDirectory} <CopyButton what={t('settings.data')} text={facts.dataDirectory} />
        </span>
        <span>{t('settings.version', { version: facts.version })}</span>
      </Section>
    </Page>
  );
}

/** New credentials begin with the port and the first profile of another software. */
function withServer(servers: AppFacts['servers'], { port, server: before }: Settings, server: string): Partial<Settings> {
  const [from, to] = [before, server].map((id) => servers.find((each) => each.id === id));
  return { server, profile: to?.profiles[0] ?? '', port: port === from?.port || port === '' ? (to?.port ?? '') : port };
}

const profileNames = (profiles: AppFacts['profiles']) => Object.fromEntries(profiles.map(({ id, name }) => [id, name]));

interface ChoiceProps<T extends string> {
  readonly label: TextKey;
  readonly value: T;
  /** Keys of texts, or words. */
  readonly options: Readonly<Partial<Record<T, string>>>;
  /** Prescribed by a policy. */
  readonly locked?: boolean;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, locked = false, onChange }: ChoiceProps<T>): ReactNode {
  const { t, has } = useTexts();
  const known = (name: string): name is T => Object.hasOwn(options, name);
  const names = Object.keys(options).filter(known);
  return (
    <Field label={t(label)} {...(locked ? { hint: t('settings.managed') } : {})}>
      <Select value={value} disabled={locked} onChange={(_, { value: chosen }) => (known(chosen) ? onChange(chosen) : undefined)}>
        {names.map((name) => {
          const words = options[name] ?? name;
          return (
            <option key={name} value={name}>
              {has(words) ? t(words) : words}
            </option>
          );
        })}
      </Select>
    </Field>
  );
}

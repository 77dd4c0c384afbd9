import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons';
import { useId, useState, type ReactNode } from 'react';
import type { AppFacts, Output, Settings } from '../../../preload/contract.ts';
import { useAnnounce } from '../../app/announce.tsx';
import { useFacts } from '../../app/facts.ts';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useAnswer, useCommand } from '../../app/outcome.ts';
import { Page, Waiting } from '../../app/page.tsx';
import { useTexts, type TextKey } from '../../app/texts.tsx';
import { CopyButton } from '../dialog/copy-button.tsx';
import { Section } from '../details/section.tsx';
import { PrivateKeys } from '../keys/index.ts';
import { cloudNames } from '../setup/clouds.ts';
import { Backups } from '../store/index.ts';
import { UpdateStatus } from '../updates/index.ts';
import { ManagedPolicies, type PolicyName } from './managed-policies.tsx';
import { useFieldFaults } from './use-field-faults.ts';

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
const keySizeNames = {
  2048: 'settings.key-size.2048',
  3072: 'settings.key-size.3072',
  4096: 'settings.key-size.4096',
} as const satisfies Record<Settings['keySize'], TextKey>;

export interface SettingsPageProps {
  /** What the page is opened for. */
  readonly section: 'keys' | 'backups' | null;
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
  const announce = useAnnounce();
  const styles = useStyles();
  const form = useId();
  const [saved, setSaved] = useState(stored);
  const [typed, setTyped] = useState(stored);
  const { attempt, fault, busy, clear } = useCommand();
  const faults = useFieldFaults(typed);
  const changed = JSON.stringify(saved) !== JSON.stringify(typed);
  const described = facts.servers.find(({ id }) => id === typed.server);
  const set = (change: Partial<Settings>) => setTyped((was) => ({ ...was, ...change }));
  const prescribed = (name: PolicyName) => policies.managed.find(({ policy }) => policy === name)?.value;
  const smallestKey = Number(prescribed('MinimumKeySize') ?? 0);
  const keySizes = Object.fromEntries(Object.entries(keySizeNames).filter(([bits]) => Number(bits) >= smallestKey));
  const text = (field: 'fqdn' | 'port' | 'lifetime' | 'signInClientId', label: TextKey, hint?: TextKey, locked = false) => (
    <Field
      label={t(label)}
      {...(hint === undefined ? {} : { hint: t(hint) })}
      {...(faults[field] === undefined ? {} : { validationMessage: faults[field] })}
    >
      <Input value={typed[field]} name={field} readOnly={locked} onChange={(_, { value }) => set({ [field]: value })} />
    </Field>
  );
  const save = async () => {
    if (!changed || busy) return;
    const outcome = await attempt('settings:write', typed);
    if (!outcome.ok) return;
    setSaved(typed);
    announce(t('settings.saved'));
  };
  return (
    <Page
      title={t('settings.title')}
      actions={
        <Button type="submit" form={form} appearance="primary" icon={<SaveRegular />} disabledFocusable={!changed || busy}>
          {t('settings.save')}
        </Button>
      }
    >
      <FaultBar fault={fault} onDismiss={clear} />
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        style={{ display: 'contents' }}
      >
        <Section title={t('settings.look')}>
          <div className={styles.fields}>
            <Choice
              label="settings.language"
              value={typed.language}
              options={languageNames}
              locked={prescribed('Language') !== undefined}
              onChange={(language) => set({ language })}
            />
            <Choice label="settings.theme" value={typed.theme} options={themeNames} onChange={(theme) => set({ theme })} />
          </div>
        </Section>
        <Section title={t('settings.defaults')}>
          <div className={styles.fields}>
            <Choice
              label="settings.server"
              value={typed.server}
              options={Object.fromEntries(facts.servers.map(({ id, name }) => [id, name]))}
              onChange={(server) => set(withServer(facts.servers, typed, server))}
            />
            {described?.userSignIn === false ? null : (
              <>
                {text('fqdn', 'settings.fqdn', 'settings.fqdn.hint')}
                {text('port', 'settings.port', 'settings.port.hint')}
              </>
            )}
            {described?.profiles.length === 0 ? null : (
              <Choice
                label="settings.profile"
                value={typed.profile}
                options={profileNames(facts.profiles.filter(({ id }) => described?.profiles.includes(id)))}
                onChange={(profile) => set({ profile })}
              />
            )}
            <Choice label="settings.cloud" value={typed.cloud} options={cloudNames} onChange={(cloud) => set({ cloud })} />
            <Choice label="settings.key-size" value={typed.keySize} options={keySizes} onChange={(keySize) => set({ keySize })} />
            {text('lifetime', 'settings.lifetime', 'settings.lifetime.hint')}
          </div>
        </Section>
        <Section title={t('settings.sign-in')}>
          <div className={styles.fields}>
            {prescribed('SignInClientId') === undefined
              ? text('signInClientId', 'settings.client-id', 'settings.client-id.hint')
              : text('signInClientId', 'settings.client-id', 'settings.managed', true)}
          </div>
        </Section>
        <Section title={t('updates.title')}>
          <div className={styles.fields}>
            <Choice
              label="updates.setting"
              value={typed.updates}
              options={updateNames}
              locked={prescribed('DisableUpdates') !== undefined}
              onChange={(updates) => set({ updates })}
            />
          </div>
          <UpdateStatus />
        </Section>
      </form>
      <ManagedPolicies {...policies} />
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

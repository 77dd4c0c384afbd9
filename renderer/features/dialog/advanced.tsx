import { Button, Checkbox, Dropdown, Field, makeStyles, mergeClasses, Option, tokens, typographyStyles } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { useFacts } from '../../bridge/facts.ts';
import type { Server } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { cloudNames, clouds, isCloud } from '../../parts/clouds.ts';
import type { DialogState } from './dialog-state.ts';
import { DraftField } from './draft-field.tsx';
import { useFieldRow } from './field-row.ts';
import { hasAdvancedFault, isAdvancedUsual } from './form.ts';
import { PermissionProfile } from './permission-profile.tsx';
import { Section } from './section.tsx';
import type { DialogActions } from './use-dialog.ts';

const useStyles = makeStyles({
  head: { alignSelf: 'flex-start', minWidth: 0, maxWidth: '100%', paddingLeft: 0, paddingRight: tokens.spacingHorizontalS },
  what: {
    ...typographyStyles.caption1,
    color: tokens.colorNeutralForeground3,
    marginLeft: tokens.spacingHorizontalS,
    textAlign: 'start',
  },
  panel: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  checkbox: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` },
});

export interface AdvancedProps {
  readonly server: Server;
  readonly state: DialogState;
  readonly actions: DialogActions;
  /** True once the tenant was read: its cloud is a fact then. */
  readonly registered: boolean;
}

/**
 * What most credentials leave as it is: the application's name, permissions, cloud, user sign-in, customer and notes. Open where one
 * of them is wrong, or is not what everybody has.
 */
export function Advanced({ server, state, actions, registered }: AdvancedProps) {
  const { t } = useTexts();
  const { annotations } = useFacts();
  const styles = useStyles();
  const rows = useFieldRow();
  const panel = useId();
  const { form } = state;
  const { draft } = form;
  const focus = state.at === 'editing' ? state.focus : null;
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = hasAdvancedFault(form, focus) || (chosen ?? !isAdvancedUsual(form, server));
  return (
    <>
      <Button
        appearance="transparent"
        className={styles.head}
        icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setChosen(!open)}
        data-advanced
      >
        {t('dialog.advanced')}
        <span className={styles.what}>{t('dialog.advanced.what')}</span>
      </Button>
      <div id={panel} className={styles.panel} hidden={!open}>
        {open ? (
          <>
            {draft.id === null ? (
              <DraftField
                form={form}
                name="appName"
                label={t('dialog.app-name')}
                placeholder={server.application}
                readOnly={draft.clientId.trim() !== ''}
                focused={focus === 'appName'}
                onType={(appName) => actions.type({ appName })}
                onLeave={() => actions.leave('appName')}
              />
            ) : null}
            <Section title={t('dialog.permissions')}>
              <PermissionProfile server={server} state={state} actions={actions} />
            </Section>
            <Field className={mergeClasses(rows.row, rows.plain)} label={t('settings.cloud')} orientation="horizontal">
              <Dropdown
                className={rows.control}
                disabled={registered}
                value={t(cloudNames[draft.cloud])}
                selectedOptions={[draft.cloud]}
                onOptionSelect={(_, { optionValue }) => isCloud(optionValue) && actions.type({ cloud: optionValue })}
              >
                {clouds.map((each) => (
                  <Option key={each} value={each}>
                    {t(cloudNames[each])}
                  </Option>
                ))}
              </Dropdown>
            </Field>
            {server.userSignIn ? (
              <Section title={t('dialog.user-sign-in')} {...(server.signInPlace === '' ? {} : { where: server.signInPlace })}>
                <Checkbox
                  className={styles.checkbox}
                  label={t('dialog.user-sign-in.use')}
                  checked={draft.userSignIn}
                  onChange={(_, { checked }) => actions.type({ userSignIn: checked === true })}
                />
              </Section>
            ) : null}
            <Section title={t('dialog.annotations')}>
              {annotations.map(({ field, label, lines }) => (
                <DraftField
                  key={field}
                  form={form}
                  name={field}
                  label={label}
                  several={lines === 'several'}
                  focused={focus === field}
                  onType={(value) => actions.type({ [field]: value })}
                  onLeave={() => actions.leave(field)}
                />
              ))}
            </Section>
          </>
        ) : null}
      </div>
    </>
  );
}

import { Button, Dropdown, Field, Input, MessageBar, MessageBarBody, Option, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import type { FaultView } from '../../../preload/contract.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { cloudNames, clouds, isCloud } from '../../parts/clouds.ts';
import type { Intent } from './setup-state.ts';
import { StagePage } from '../../run/index.ts';

const useStyles = makeStyles({ text: { margin: 0 }, narrow: { maxWidth: '420px' } });

export interface TenantPageProps {
  readonly intent: Intent;
  readonly cancelled: boolean;
  readonly fault: FaultView | null;
  readonly onBegin: (intent: Intent) => void;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** Whose tenant it is, before anybody signs in: partners and guests would land in their own. */
export function TenantPage({ intent, cancelled, fault, onBegin, onBack, onClose }: TenantPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { draft } = intent;
  const [tenant, setTenant] = useState(draft.tenant);
  const [cloud, setCloud] = useState(draft.cloud);
  const stored = draft.id !== null;
  const aboutTenant = fault?.code.startsWith('input.tenant') ? `${fault.message} ${fault.fix}` : null;
  const begin = () => onBegin({ ...intent, draft: { ...draft, tenant: tenant.trim(), cloud } });
  const actions = (
    <>
      <Button appearance="primary" onClick={begin}>
        {t('setup.tenant.begin')}
      </Button>
      <Button onClick={onBack}>{t('app.back')}</Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <StagePage title={t('setup.tenant.title')} actions={actions} first={!cancelled && fault === null}>
      {cancelled ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('setup.cancelled')}</MessageBarBody>
        </MessageBar>
      ) : null}
      <FaultBar fault={aboutTenant === null ? fault : null} onRetry={begin} />
      <Field
        label={t('setup.tenant.label')}
        hint={t('setup.tenant.hint')}
        className={styles.narrow}
        {...(aboutTenant === null ? {} : { validationMessage: aboutTenant })}
      >
        <Input
          value={tenant}
          readOnly={stored}
          spellCheck={false}
          data-field="tenant"
          onChange={(_, { value }) => setTenant(value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') begin();
          }}
        />
      </Field>
      <Field label={t('setup.tenant.cloud')} className={styles.narrow}>
        <Dropdown
          disabled={stored}
          value={t(cloudNames[cloud])}
          selectedOptions={[cloud]}
          onOptionSelect={(_, { optionValue }) => isCloud(optionValue) && setCloud(optionValue)}
        >
          {clouds.map((each) => (
            <Option key={each} value={each}>
              {t(cloudNames[each])}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <p className={styles.text}>{t('setup.tenant.what')}</p>
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{t('setup.tenant.warning')}</MessageBarBody>
      </MessageBar>
    </StagePage>
  );
}

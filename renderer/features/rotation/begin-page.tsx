import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import type { CredentialRow, FaultView } from '../../../preload/contract.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { StagePage } from '../../run/index.ts';
import { RotationSteps } from './steps-bar.tsx';
import { RotationTimeline } from './timeline.tsx';

const useStyles = makeStyles({
  text: { margin: 0 },
  days: { maxWidth: '320px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export interface BeginPageProps {
  readonly row: CredentialRow;
  readonly overlap: string;
  /** Of the new certificate, as typed. */
  readonly lifetime: string;
  readonly fault: FaultView | null;
  readonly onOverlap: (typed: string) => void;
  readonly onLifetime: (typed: string) => void;
  readonly onBegin: () => void;
  readonly onClose: () => void;
}

/** What a rotation does, before anybody signs in for it; also how one that was stopped is continued. */
export function BeginPage({ row, overlap, lifetime, fault, onOverlap, onLifetime, onBegin, onClose }: BeginPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { custody, name, rotation } = row;
  const stopped = rotation?.next === 'publish';
  const aboutDays =
    fault !== null && (fault.code === 'rotation.overlap-too-long' || fault.code === 'rotation.overlap-invalid')
      ? `${fault.message} ${fault.fix}`
      : null;
  const buttons = (
    <>
      <Button appearance="primary" onClick={onBegin}>
        {t(stopped ? 'rotation.continue' : 'rotation.begin')}
      </Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <StagePage steps={<RotationSteps current="sign-in" />} title={t('rotation.title', { name })} actions={buttons} first>
      <FaultBar fault={aboutDays === null ? fault : null} />
      {stopped ? <RotationTimeline rotation={rotation} custody={custody} /> : null}
      {custody === 'external' ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('rotation.external.warning')}</MessageBarBody>
        </MessageBar>
      ) : null}
      <p className={styles.text}>{t(custody === 'keyring' ? 'rotation.keyring.what' : 'rotation.external.what')}</p>
      <Field
        label={t('rotation.overlap')}
        hint={t('rotation.overlap.hint')}
        className={styles.days}
        {...(aboutDays === null ? {} : { validationMessage: aboutDays })}
      >
        <Input
          value={overlap}
          inputMode="numeric"
          data-field="overlap"
          onChange={(_, { value }) => onOverlap(value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onBegin();
          }}
        />
      </Field>
      {custody === 'keyring' && !stopped ? (
        <Field label={t('rotation.lifetime')} hint={t('rotation.lifetime.hint')} className={styles.days}>
          <Input value={lifetime} data-field="lifetime" onChange={(_, { value }) => onLifetime(value)} />
        </Field>
      ) : null}
      <p className={styles.quiet}>{t('rotation.never-by-time')}</p>
    </StagePage>
  );
}

import { Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';

const useStyles = makeStyles({
  choice: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  inner: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, paddingLeft: tokens.spacingHorizontalXXL },
  text: { margin: 0 },
});

/** The name that has to be typed before a registration is deleted. */
export interface RegistrationWish {
  readonly wanted: boolean;
  readonly confirmName: string;
}

export interface RegistrationChoiceProps {
  readonly row: CredentialRow;
  readonly wish: RegistrationWish;
  /** Why the typed name does not do. */
  readonly problem: string | null;
  readonly onWish: (wish: RegistrationWish) => void;
  readonly onEnter: () => void;
}

/** Whether the registration goes too: what that stops, and the name that has to be typed for it. */
export function RegistrationChoice({ row, wish, problem, onWish, onEnter }: RegistrationChoiceProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { wanted, confirmName } = wish;
  return (
    <div className={styles.choice}>
      <Checkbox
        checked={wanted}
        onChange={(_, { checked }) => onWish({ ...wish, wanted: checked === true })}
        label={t('remove-dialog.registration', { tenant: row.tenantName || row.tenantDomain })}
      />
      {wanted ? (
        <div className={styles.inner}>
          <p className={styles.text}>{t('remove-dialog.registration.what')}</p>
          <Field
            label={t('remove-dialog.registration.name', { name: row.name })}
            {...(problem === null ? {} : { validationMessage: problem })}
          >
            <Input
              value={confirmName}
              spellCheck={false}
              autoComplete="off"
              data-field="confirm-name"
              onChange={(_, { value }) => onWish({ ...wish, confirmName: value })}
              onKeyDown={(event) => {
                if (event.key === 'Enter') onEnter();
              }}
            />
          </Field>
        </div>
      ) : null}
    </div>
  );
}
